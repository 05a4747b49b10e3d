// A holding that lacks what is to be taken has one answer, the first reason
// that explains it.

#include <algorithm>

#include "engine/rules/advice.h"
#include "engine/rules/column.h"
#include "engine/rules/contracts.h"
#include "engine/rules/entitlements.h"
#include "engine/rules/holdings.h"
#include "engine/rules/overdraw.h"
#include "engine/state/withheld.h"
#include "fmt/format.h"

namespace tally {
namespace {

// What the stock that a movement could draw from says of itself, before the
// event.
struct Stock {
  bool was_there = false;   // on the event's date or before it
  Quantity left;            // on that date and every later one
  Quantity booked;          // left as credits
  Quantity sold_elsewhere;  // left under another scheme
  int128 expired = 0;       // by months or at a close, up to the event's date
  int128 voided = 0;        // likewise by a certificate gap
};

void Look(const Case& c, AccountIndex index, ClaimIndex claim, Stock* stock) {
  const Account& account = c.state.accounts().at(index);
  for (const DayBalance& day : account.timeline.days()) {
    if (day.date > c.date) break;
    stock->was_there = stock->was_there || day.balance > Quantity();
  }
  stock->left = Sum(stock->left, account.timeline.LeastFrom(c.date))
                    .value_or(Quantity::Max());
  stock->booked = Sum(stock->booked, account.booked).value_or(Quantity::Max());
  stock->sold_elsewhere = Sum(stock->sold_elsewhere,
                              c.state.accounts().SoldUnderOthers(index, claim))
                              .value_or(Quantity::Max());
  const DateRange so_far = {Date::Min(), c.date};
  stock->expired += ExpiredIn(c.state, index, so_far, Expiry::kTime);
  stock->voided += ExpiredIn(c.state, index, so_far, Expiry::kGap);
}

// The account of the movement's claim alone.
AccountKey KeyOf(const Case& c, const Movement& movement) {
  return KeyOf(c.state, c.date,
               {.site = movement.site,
                .product = movement.product,
                .claims = SetOf(movement.claim),
                .lot = movement.lot,
                .origin = movement.origin});
}

// Of an entitlement, whatever counts in it, of each product and site.
Stock EntitledStock(const Case& c, const Movement& movement) {
  Stock stock;
  const bool by_origin = MatchesOrigin(c, movement.claim);
  for (const AccountIndex index : EntitlementsOf(
           c.state, PeriodKeyOf(c.state, c.date, movement.site,
                                movement.product, SchemeOf(movement.claim)))) {
    const uint16_t origin = c.state.accounts().at(index).key.origin;
    if (by_origin && origin != movement.origin) continue;
    Look(c, index, movement.claim, &stock);
  }
  return stock;
}

Stock StockOf(const Case& c, const Movement& movement) {
  if (ModelOf(movement.claim) == Model::kMassBalance) {
    return EntitledStock(c, movement);
  }
  Stock stock;
  const AccountIndex alone = c.state.accounts().Find(KeyOf(c, movement));
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

// Entitlement of the same account but for its origin, on the event's date;
// that of no origin, too.
int128 OtherOrigins(const Case& c, const Movement& movement) {
  const AccountKey own = KeyOf(c.state, c.date,
                               {.site = movement.site,
                                .product = movement.product,
                                .claims = SetOf(movement.claim),
                                .origin = movement.origin});
  int128 others = 0;
  AccountKey unstated = own;
  unstated.origin = 0;
  const AccountIndex without = c.state.accounts().Find(unstated);
  if (without.valid() && own.origin != 0) {
    others += c.state.accounts().at(without).timeline.At(c.date).units();
  }
  for (const AccountIndex index :
       c.state.accounts().OfAnyOrigin(own.scope, own.pool)) {
    const Account& account = c.state.accounts().at(index);
    if (account.key.claims != own.claims || account.key.origin == own.origin) {
      continue;
    }
    others += account.timeline.At(c.date).units();
  }
  return others;
}

// Whether the lot came to the site, under whatever claim, after the event.
bool CameLater(const Case& c, const Movement& movement) {
  if (c.state.lots().at(movement.lot).product != movement.product) return false;
  const ScopeIndex scope = c.state.registry().at(movement.site).own_scope;
  Date first = Date::Max();
  for (const AccountIndex index : c.state.accounts().OfLot(movement.lot)) {
    const Account& account = c.state.accounts().at(index);
    if (account.key.scope != scope) continue;
    first = std::min(first, account.timeline.FirstDay());
  }
  return first != Date::Max() && first > c.date;
}

// What the event lacks of the movement's account, in all of its lines.
Quantity Missing(const Case& c, const Movement& movement) {
  const AccountKey key = KeyOf(c, movement);
  Quantity missing;
  for (const Shortfall& shortfall : c.shortfalls) {
    const Movement& other = c.movements[shortfall.movement];
    if (!(KeyOf(c, other) == key)) continue;
    missing = Sum(missing, *Difference(shortfall.asked, shortfall.available))
                  .value_or(Quantity::Max());
  }
  return missing;
}

Code Reason(const Case& c, const Movement& movement,
            const Shortfall& shortfall) {
  if (movement.lot.valid() && CameLater(c, movement)) return Code::kTimeOrder;
  if (shortfall.overdraw == Overdraw::kDeficit) return Code::kDeficitAtClose;
  if (shortfall.overdraw == Overdraw::kTooDeep) return Code::kOverdrawLimit;
  const Stock stock = StockOf(c, movement);
  const Quantity missing = Missing(c, movement);
  if (missing <= stock.booked) return Code::kDoubleIssue;
  if (missing <= stock.sold_elsewhere) return Code::kDoubleScheme;
  if (missing.units() <= stock.expired) return Code::kCreditExpired;
  if (missing.units() <= stock.voided) return Code::kCertGap;
  if (MatchesOrigin(c, movement.claim) &&
      missing.units() <= OtherOrigins(c, movement)) {
    return Code::kOriginMismatch;
  }
  if (movement.claim.valid() && !missing.IsZero() &&
      missing <=
          ContractedIn(c, movement.site, movement.product, movement.claim)) {
    return Code::kDeliverShort;
  }
  const bool used_up = stock.was_there && stock.left <= Quantity();
  if (movement.lot.valid() && used_up) return Code::kDocExhausted;
  return Code::kInsufficient;
}

// The account that an entitlement is drawn from; not valid() where nothing
// was ever posted to it.
AccountIndex EntitlementOf(const Case& c, const Movement& movement) {
  return c.state.accounts().Find(KeyOf(c.state, c.date,
                                       {.site = movement.site,
                                        .product = movement.product,
                                        .claims = SetOf(movement.claim)}));
}

// What a person needs to know beside the figures, by the reason.
std::string Explain(const Case& c, const Movement& movement, Code code) {
  if (code == Code::kCreditExpired) {
    return "; what is missing expired before";
  }
  if (code == Code::kCertGap) {
    return "; what is missing was ended by a day without certificate";
  }
  if (code == Code::kDeficitAtClose) {
    return "; the last period closed below zero, and nothing leaves until "
           "that is repaid";
  }
  if (code == Code::kTimeOrder) return "; the lot came after this date";
  if (code == Code::kDoubleIssue) return "; the rest was booked as credits";
  if (code == Code::kDoubleScheme) {
    return "; the rest left under another scheme";
  }
  if (code == Code::kOriginMismatch) {
    return "; the rest is there with another origin";
  }
  if (code == Code::kDeliverShort) {
    return fmt::format(
        "; {} is bought and still to come, which may be sold and not "
        "delivered",
        Show(c, movement.product,
             ContractedIn(c, movement.site, movement.product, movement.claim)));
  }
  if (code == Code::kDocExhausted) return "; the lot was used up before";
  if (code != Code::kOverdrawLimit) return {};
  const PeriodKey key = PeriodKeyOf(c.state, c.date, movement.site,
                                    movement.product, SchemeOf(movement.claim));
  const Period* period = c.state.periods().At(key, c.date);
  const AccountIndex account = EntitlementOf(c, movement);
  if (period == nullptr) return {};
  const Quantity limit = account.valid()
                             ? OverdrawLimit(c, account, key, *period, c.date)
                             : Quantity();
  return fmt::format(
      "; of what this period received so far, an overdraw of "
      "{} is permitted",
      Show(c, movement.product, limit));
}

// What is there, but withheld since a void.
Quantity WithheldFrom(const Case& c, const Movement& movement) {
  if (c.state.withholdings().empty()) return Quantity();
  const AccountIndex account =
      c.state.accounts().Find(KeyOf(c.state, c.date,
                                    {.site = movement.site,
                                     .product = movement.product,
                                     .claims = SetOf(movement.claim),
                                     .lot = movement.lot,
                                     .origin = movement.origin}));
  return account.valid() ? Withheld(c.state, account, c.date) : Quantity();
}

}  // namespace

void CheckShortfalls(Case& c) {
  for (const Shortfall& shortfall : c.shortfalls) {
    const Movement& movement = c.movements[shortfall.movement];
    const Code code = Reason(c, movement, shortfall);
    if (!c.verdict.Concerns(code)) continue;
    const SchemeIndex scheme =
        movement.claim.valid() ? SchemeOf(movement.claim) : SchemeIndex();
    Refusal refusal =
        RefuseUnder(c, scheme, code,
                    fmt::format("{}: asked {}, available {}{}", movement.field,
                                Show(c, movement.product, shortfall.asked),
                                Show(c, movement.product, shortfall.available),
                                Explain(c, movement, code)));
    AddFigure(c, movement.product, "asked", shortfall.asked, &refusal);
    AddFigure(c, movement.product, "available", shortfall.available, &refusal);
    AddAdvice(c, shortfall, &refusal);
    const Quantity withheld = WithheldFrom(c, movement);
    if (!withheld.IsZero()) {
      AddFigure(c, movement.product, "withheld", withheld, &refusal);
    }
    c.verdict.Refuse(std::move(refusal));
  }
}

}  // namespace tally
