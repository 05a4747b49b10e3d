// A holding that lacks what is to be taken has one answer, the first reason
// that explains it.

#include <algorithm>

#include "engine/rules/column.h"
#include "engine/rules/holdings.h"
#include "fmt/format.h"

namespace tally {
namespace {

// What the stock that a movement could draw from says of itself.
struct Stock {
  bool known = false;  // something of it was here once
  Date first_day = Date::Max();
  Quantity booked;          // left as credits
  Quantity sold_elsewhere;  // left under another scheme
};

void Look(const Case& c, AccountIndex index, ClaimIndex claim, Stock* stock) {
  const Account& account = c.state.accounts().at(index);
  stock->known = true;
  stock->first_day = std::min(stock->first_day, account.timeline.FirstDay());
  stock->booked = Sum(stock->booked, account.booked).value_or(Quantity::Max());
  stock->sold_elsewhere = Sum(stock->sold_elsewhere,
                              c.state.accounts().SoldUnderOthers(index, claim))
                              .value_or(Quantity::Max());
}

Stock StockOf(const Case& c, const Movement& movement) {
  Stock stock;
  const AccountIndex alone =
      c.state.accounts().Find(KeyOf(c.state, c.date,
                                    {.site = movement.site,
                                     .product = movement.product,
                                     .claims = SetOf(movement.claim),
                                     .lot = movement.lot}));
  if (alone.valid()) Look(c, alone, movement.claim, &stock);
  const Registry& registry = c.state.registry();
  for (const AccountIndex index : c.state.accounts().OfSeveralClaims(
           registry.at(movement.site).own_scope,
           registry.at(movement.product).own_pool)) {
    const AccountKey& key = c.state.accounts().at(index).key;
    if (key.lot() == movement.lot &&
        c.state.claim_sets().Contains(key.claims, movement.claim)) {
      Look(c, index, movement.claim, &stock);
    }
  }
  return stock;
}

Code Reason(const Case& c, const Movement& movement,
            const Shortfall& shortfall) {
  const Stock stock = StockOf(c, movement);
  const Quantity missing = *Difference(shortfall.asked, shortfall.available);
  if (movement.lot.valid() && stock.known && stock.first_day > c.date) {
    return Code::kTimeOrder;
  }
  if (missing <= stock.booked) return Code::kDoubleIssue;
  if (missing <= stock.sold_elsewhere) return Code::kDoubleScheme;
  if (movement.lot.valid() && stock.known && shortfall.available.IsZero()) {
    return Code::kDocExhausted;
  }
  return Code::kInsufficient;
}

}  // namespace

void CheckShortfalls(Case& c) {
  for (const Shortfall& shortfall : c.shortfalls) {
    const Movement& movement = c.movements[shortfall.movement];
    const Code code = Reason(c, movement, shortfall);
    if (!c.verdict.Concerns(code)) continue;
    const SchemeIndex scheme =
        movement.claim.valid() ? SchemeOf(movement.claim) : SchemeIndex();
    Refusal refusal = RefuseUnder(
        c, scheme, code,
        fmt::format("{}: asked {}, available {}", movement.field,
                    Show(c, movement.product, shortfall.asked),
                    Show(c, movement.product, shortfall.available)));
    AddFigure(c, movement.product, "asked", shortfall.asked, &refusal);
    AddFigure(c, movement.product, "available", shortfall.available, &refusal);
    c.verdict.Refuse(std::move(refusal));
  }
}

}  // namespace tally
