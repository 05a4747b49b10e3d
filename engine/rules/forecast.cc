#include "engine/rules/forecast.h"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/rules/entitlements.h"
#include "engine/rules/holdings.h"

namespace tally {
namespace {

// Shipments to each site that a warning looks at.
constexpr size_t kLookedAtMax = 1'000;

void AddFigure(Case& c, ProductIndex product, std::string_view name,
               int128 units) {
  const Product& pool = c.state.registry().at(product);
  const Quantity quantity(static_cast<int64_t>(
      std::clamp<int128>(units, -int128{INT64_MAX}, INT64_MAX)));
  c.plan.decision.figures.push_back(
      {Warning::kShortInPeriod,
       {std::string(name), Show(c, product, quantity), pool.unit}});
}

// What the plan posts to an account by the end of a day.
int128 PlannedBy(const Case& c, AccountIndex account, Date last) {
  int128 planned = 0;
  for (const Posting& posting : c.plan.postings) {
    if (posting.account == account && posting.date <= last) {
      planned += posting.delta.units();
    }
  }
  return planned;
}

// The account of a key, one that the plan adds included.
AccountIndex FindAccount(const Case& c, const AccountKey& key) {
  const AccountIndex known = c.state.accounts().Find(key);
  if (known.valid()) return known;
  const auto& added = c.plan.new_accounts;
  const auto found = std::find(added.begin(), added.end(), key);
  if (found == added.end()) return {};
  return AccountIndex(c.state.accounts().size() +
                      static_cast<int32_t>(found - added.begin()));
}

void AddFigures(Case& c, const Movement& movement) {
  const PeriodKey key = PeriodKeyOf(c.state, c.date, movement.site,
                                    movement.product, SchemeOf(movement.claim));
  const Period* period = c.state.periods().At(key, c.date);
  if (period == nullptr) return;
  const AccountKey wanted = KeyOf(c.state, c.date,
                                  {.site = movement.site,
                                   .product = movement.product,
                                   .claims = SetOf(movement.claim),
                                   .origin = movement.origin});
  const AccountIndex account = FindAccount(c, wanted);
  if (!account.valid()) return;
  const bool known = account.value() < c.state.accounts().size();
  int128 balance = PlannedBy(c, account, c.date);
  int128 closing = PlannedBy(c, account, period->days.last);
  if (known) {
    balance += c.state.accounts().at(account).timeline.At(c.date).units();
    closing += CarriedInto(c.state, account, period->days.last.AddDays(1));
  }
  const int128 announced =
      Announced(c.state, key, period->days.last, kLookedAtMax);
  AddFigure(c, movement.product, "balance", balance);
  AddFigure(c, movement.product, "announced", announced);
  AddFigure(c, movement.product, "forecast", closing + announced);
  c.plan.decision.figures.push_back(
      {Warning::kShortInPeriod,
       {"closes_on", period->days.last.ToString(), ""}});
}

}  // namespace

int128 Announced(const State& state, const PeriodKey& key, Date by,
                 size_t looked_at_max) {
  const ClaimIndex claim = ClaimOf(key.scheme, Model::kMassBalance);
  int128 announced = 0;
  for (const SiteIndex site : state.registry().SitesOf(key.scope)) {
    const auto shipments = state.shipments().To(site);
    const size_t looked = std::min(shipments.size(), looked_at_max);
    for (const ShipmentIndex index :
         shipments.subspan(shipments.size() - looked)) {
      const Shipment& shipment = state.shipments().at(index);
      if (shipment.state != ShipmentState::kInTransit ||
          shipment.shipped_on > by) {
        continue;
      }
      for (const ShipmentLine& line : shipment.lines) {
        if (line.claim == claim &&
            state.registry().at(line.product).group_pool == key.pool) {
          announced += line.quantity.units();
        }
      }
    }
  }
  return announced;
}

void AddShortFigures(Case& c) {
  const auto& warnings = c.plan.decision.warnings;
  if (!c.verdict.accepted() ||
      std::find(warnings.begin(), warnings.end(), Warning::kShortInPeriod) ==
          warnings.end()) {
    return;
  }
  // The first line that is short; more of them are in the period's sheet.
  for (const Movement& movement : c.movements) {
    if (movement.direction != Direction::kOut || !movement.claim.valid() ||
        ModelOf(movement.claim) != Model::kMassBalance ||
        !c.ProfileOf(SchemeOf(movement.claim)).mass_balance.IsFixedPeriod()) {
      continue;
    }
    return AddFigures(c, movement);
  }
}

}  // namespace tally
