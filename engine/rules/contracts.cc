// agree_contract, and what is delivered on a contract (R08). What was bought
// counts for a sale: goods may be sold before they came. They are delivered
// from stock alone, which DELIVER_SHORT says in shortfall.cc.

#include "engine/rules/contracts.h"

#include <algorithm>
#include <variant>

#include "engine/rules/column.h"
#include "engine/rules/entitlements.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

ContractKey KeyFor(const Case& c, SiteIndex site, ProductIndex product,
                   ClaimIndex claim) {
  const AccountKey key =
      KeyOf(c.state, c.date,
            {.site = site, .product = product, .claims = SetOf(claim)});
  return {.scope = key.scope, .pool = key.pool, .claim = claim};
}

// In stock on the date and every later one, of all origins together.
int128 StockFor(const Case& c, const ContractKey& key) {
  const PeriodKey entitlement{
      .scope = key.scope, .pool = key.pool, .scheme = SchemeOf(key.claim)};
  int128 stock = 0;
  for (const AccountIndex account : EntitlementsOf(c.state, entitlement)) {
    stock += Available(c, account).units();
  }
  return stock;
}

Quantity Clamp(int128 units) {
  return Quantity(static_cast<int64_t>(
      std::clamp<int128>(units, -int128{INT64_MAX}, INT64_MAX)));
}

void CheckCovered(Case& c, const Contract& contract, ProductIndex product,
                  int months) {
  const int128 stock = StockFor(c, contract.key);
  const int128 bought = c.state.contracts().OpenOf(
      contract.key, false, c.date, {c.date, c.date.AddMonths(months)});
  const int128 sold = c.state.contracts().OpenOf(contract.key, true, c.date,
                                                 {c.date, Date::Max()});
  const int128 room = stock + bought - sold;
  if (contract.quantity.units() <= room ||
      !c.verdict.Concerns(Code::kInsufficient)) {
    return;
  }
  Refusal refusal = RefuseUnder(
      c, SchemeOf(contract.key.claim), Code::kInsufficient,
      fmt::format(
          "agree_contract: asked {}, available {}: {} in stock and {} bought "
          "for delivery within {} months, less {} sold before; it passes once "
          "{} more is in stock or bought",
          Show(c, product, contract.quantity),
          Show(c, product, Clamp(std::max<int128>(room, 0))),
          Show(c, product, Clamp(stock)), Show(c, product, Clamp(bought)),
          months, Show(c, product, Clamp(sold)),
          Show(c, product, Clamp(contract.quantity.units() - room))));
  refusal.rule = "R08";
  AddFigure(c, product, "asked", contract.quantity, &refusal);
  AddFigure(c, product, "available", Clamp(std::max<int128>(room, 0)),
            &refusal);
  AddFigure(c, product, "stock", Clamp(stock), &refusal);
  AddFigure(c, product, "bought", Clamp(bought), &refusal);
  AddFigure(c, product, "sold", Clamp(sold), &refusal);
  AddFigure(c, product, "missing", Clamp(contract.quantity.units() - room),
            &refusal);
  c.verdict.Refuse(std::move(refusal));
}

// What an event delivers on, if it says so.
struct OnContract {
  std::string_view field;
  std::string_view contract;
  bool sale = false;
};

OnContract ContractOf(const Event& event) {
  if (const auto* ship = std::get_if<const Ship*>(&event.body)) {
    return {"ship.contract", (*ship)->contract, true};
  }
  if (const auto* receive = std::get_if<const Receive*>(&event.body)) {
    return {"receive.contract", (*receive)->contract, false};
  }
  if (const auto* accept = std::get_if<const Accept*>(&event.body)) {
    return {"accept.contract", (*accept)->contract, false};
  }
  return {};
}

// What the event moves of the contract's claim and products at its sites.
int128 MovedFor(const Case& c, const Contract& contract) {
  int128 moved = 0;
  for (const Movement& movement : c.movements) {
    const bool fits = (movement.direction == Direction::kOut) == contract.sale;
    if (!fits || movement.sold_as != contract.key.claim) continue;
    if (!(KeyFor(c, movement.site, movement.product, movement.sold_as) ==
          contract.key)) {
      continue;
    }
    moved += movement.quantity.units();
  }
  return moved;
}

}  // namespace

Quantity ContractedIn(const Case& c, SiteIndex site, ProductIndex product,
                      ClaimIndex claim) {
  if (ModelOf(claim) != Model::kMassBalance) return Quantity();
  const auto months = c.ProfileOf(SchemeOf(claim)).mass_balance.contract_months;
  if (!months) return Quantity();
  return Clamp(c.state.contracts().OpenOf(KeyFor(c, site, product, claim),
                                          false, c.date,
                                          {c.date, c.date.AddMonths(*months)}));
}

void PlanDelivery(Case& c) {
  const OnContract named = ContractOf(c.event);
  if (named.contract.empty()) return;
  const ContractIndex index = c.state.contracts().Find(named.contract);
  const bool fits =
      index.valid() && c.state.contracts().at(index).sale == named.sale;
  const int128 moved = fits ? MovedFor(c, c.state.contracts().at(index)) : 0;
  // In the same words for another party's contract and for none.
  if (moved == 0) {
    RefuseField(
        c, Code::kInvalidArgument, named.field, named.contract,
        named.sale
            ? "a contract of sale of the site, the product and the claim"
            : "a contract of purchase of the site, the product and the claim");
    return;
  }
  const Contract& contract = c.state.contracts().at(index);
  const Quantity delivered = std::min(Clamp(moved), contract.Open());
  if (!delivered.IsZero()) c.plan.deliveries.push_back({index, delivered});
}

void PlanEvent(Case& c, const AgreeContract& agree) {
  const SiteIndex site = FindSite(c, "agree_contract.site", agree.site);
  const ProductIndex product =
      FindProduct(c, "agree_contract.product", agree.product);
  const ClaimIndex claim = FindClaim(c, "agree_contract.claim", agree.claim);
  if (!c.verdict.accepted()) return;
  if (ModelOf(claim) != Model::kMassBalance) {
    RefuseField(c, Code::kInvalidArgument, "agree_contract.claim.model",
                ModelName(agree.claim.model), "MASS_BALANCE");
  }
  if (agree.deliver_by < c.date) {
    RefuseField(c, Code::kInvalidArgument, "agree_contract.deliver_by",
                agree.deliver_by.ToString(),
                fmt::format("{} or later", c.date.ToString()));
  }
  const std::optional<Quantity> quantity =
      ReadQuantity(c, "agree_contract.quantity", agree.quantity, product);
  if (!quantity || !c.verdict.accepted()) return;
  if (c.state.contracts().Find(agree.contract).valid()) {
    RefuseTaken(c, "agree_contract.contract", "contract", agree.contract);
  }
  const auto months = c.ProfileOf(SchemeOf(claim)).mass_balance.contract_months;
  if (!months) {
    Refusal refusal = RefuseUnder(
        c, SchemeOf(claim), Code::kWrongAccount,
        fmt::format("agree_contract: scheme \"{}\" counts no contracts; what "
                    "is sold is told by a shipment",
                    agree.claim.scheme));
    c.verdict.Refuse(std::move(refusal));
    return;
  }
  const Contract contract{.key = KeyFor(c, site, product, claim),
                          .site = site,
                          .sale = agree.sale,
                          .quantity = *quantity,
                          .agreed_on = c.date,
                          .deliver_by = agree.deliver_by,
                          .position = c.position};
  if (agree.sale) CheckCovered(c, contract, product, *months);
  c.plan.new_contracts.push_back({std::string(agree.contract), contract});
}

}  // namespace tally
