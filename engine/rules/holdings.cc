#include "engine/rules/holdings.h"

#include <algorithm>
#include <string>

#include "engine/base/check.h"
#include "engine/profile/profile.h"
#include "engine/rules/entitlements.h"
#include "engine/rules/overdraw.h"
#include "engine/state/withheld.h"
#include "fmt/format.h"

namespace tally {
namespace {

int128 PostedTo(const Case& c, AccountIndex account) {
  for (const auto& [posted, sum] : c.posted) {
    if (posted == account) return sum;
  }
  return 0;
}

// Adds to the sum of what is posted to the account.
void AddPosted(Case& c, AccountIndex account, Quantity delta) {
  for (auto& [posted, sum] : c.posted) {
    if (posted != account) continue;
    sum += delta.units();
    return;
  }
  c.posted.emplace_back(account, delta.units());
}

bool IsInRange(int128 units) {
  return -int128{INT64_MAX} <= units && units <= INT64_MAX;
}

// Whether balances from a date on stay in range with so much more. What one
// event posts may pass the range in sum and still leave every balance inside.
bool StaysInRange(const Case& c, AccountIndex account, Date date,
                  int128 posted) {
  if (account.value() >= c.state.accounts().size()) return IsInRange(posted);
  const Timeline& timeline = c.state.accounts().at(account).timeline;
  return IsInRange(timeline.GreatestFrom(date).units() + posted) &&
         IsInRange(timeline.LeastFrom(date).units() + posted);
}

// What an account gives of `wanted`. Where entitlement ends by date, taking
// some of it leaves less to expire, which balances as they stand do not show.
Quantity MostFrom(const Case& c, AccountIndex account, Quantity wanted) {
  if (VintagesAt(c, account) != nullptr &&
      EndingClaim(c.state.schemes(), MembersAt(c, KeyAt(c, account).claims))
          .valid()) {
    if (c.state.withholdings().empty()) return MostToTake(c, account, wanted);
    const Quantity withheld = Withheld(c.state, account, c.date);
    const Quantity both = Sum(wanted, withheld).value_or(Quantity::Max());
    return *Difference(MostToTake(c, account, both), withheld);
  }
  return std::min(wanted, Available(c, account));
}

// Draws up to `wanted` from one account; what it gave.
Quantity DrawFrom(Case& c, AccountIndex account, Quantity wanted,
                  Movement* movement) {
  const Quantity given = MostFrom(c, account, wanted);
  if (given <= Quantity()) return Quantity();
  Post(c, account, movement->site, movement->product, given.Negated());
  movement->draws.push_back({account, given});
  return given;
}

// Conventional stock is never a reason to refuse: it may go below zero.
void TakeConventional(Case& c, AccountIndex account, Movement* movement) {
  Post(c, account, movement->site, movement->product,
       movement->quantity.Negated());
  movement->draws.push_back({account, movement->quantity});
}

// Draws from stock that is under the claim and others; what it gave.
Quantity DrawSeveral(Case& c, Quantity wanted, Movement* movement) {
  const ScopeIndex scope = c.state.registry().at(movement->site).own_scope;
  const PoolIndex pool = c.state.registry().at(movement->product).own_pool;
  Quantity given;
  for (const AccountIndex index :
       c.state.accounts().OfSeveralClaims(scope, pool)) {
    const Account& account = c.state.accounts().at(index);
    if (account.key.lot() != movement->lot) continue;
    if (MatchesOrigin(c, movement->claim) &&
        account.key.origin != movement->origin) {
      continue;
    }
    if (!c.state.claim_sets().Contains(account.key.claims, movement->claim)) {
      continue;
    }
    const Quantity rest = *Difference(wanted, given);
    const Quantity drawn = DrawFrom(c, index, rest, movement);
    if (!drawn.IsZero()) {
      c.plan.reason_changes.push_back({.account = index,
                                       .claim = movement->claim,
                                       .sold_under_claim = drawn});
    }
    given = *Sum(given, drawn);
    if (given == wanted) break;
  }
  return given;
}

// Names the kind of event as the field: several of its quantities may add up.
void RefuseOverflow(Case& c, ProductIndex product, Quantity delta) {
  if (!c.verdict.Concerns(Code::kOverflow)) return;
  const std::string field(KindName(c.event.kind()));
  const std::string asked = Show(c, product, delta);
  const std::string most = Show(c, product, Quantity::Max());
  Refusal refusal =
      Refuse(Code::kOverflow,
             fmt::format(
                 "{}: {} more of {} would take a holding past {}", field, asked,
                 c.state.registry().product_names.NameOf(product), most));
  refusal.violations.push_back(
      {field, asked, fmt::format("at most {} in one holding", most)});
  AddFigure(c, product, "asked", delta, &refusal);
  AddFigure(c, product, "limit", Quantity::Max(), &refusal);
  c.verdict.Refuse(std::move(refusal));
}

// What is withheld since a void is no reason to go below zero.
bool HasWithheld(const Case& c, AccountIndex account) {
  return account.value() < c.state.accounts().size() &&
         !c.state.withholdings().empty() &&
         !Withheld(c.state, account, c.date).IsZero();
}

}  // namespace

ScopeIndex ScopeOf(const Site& site, AccountScope scope) {
  switch (scope) {
    case AccountScope::kSite:
      return site.own_scope;
    case AccountScope::kScopeGroup:
      return site.group_scope;
    case AccountScope::kParty:
      return site.party_scope;
    case AccountScope::kCountry:
      return site.country_scope;
  }
  TALLY_CHECK(false);
}

uint16_t OriginCode(std::string_view country) {
  if (country.size() != 2) return 0;
  return static_cast<uint16_t>((static_cast<uint8_t>(country[0]) << 8) |
                               static_cast<uint8_t>(country[1]));
}

bool MatchesOrigin(const Case& c, ClaimIndex claim) {
  return claim.valid() && ModelOf(claim) == Model::kMassBalance &&
         c.ProfileOf(SchemeOf(claim)).mixing.origin_match;
}

AccountKey KeyOf(const State& state, Date date, const Place& place) {
  const Site& site = state.registry().at(place.site);
  const Product& product = state.registry().at(place.product);
  AccountKey key{.scope = site.own_scope,
                 .pool = product.own_pool,
                 .claims = place.claims,
                 .item = place.lot.value()};
  if (place.claims == kNoClaims) return key;
  if (ClaimSets::IsSeveral(place.claims)) {
    key.origin = place.origin;
    return key;
  }
  const ClaimIndex claim(place.claims.value() - 1);
  if (ModelOf(claim) != Model::kMassBalance) return key;
  const Profile& profile = state.schemes().At(SchemeOf(claim), date);
  key.scope = ScopeOf(site, profile.mass_balance.scope);
  key.pool = product.group_pool;
  if (profile.mixing.origin_match) key.origin = place.origin;
  return key;
}

AccountIndex AccountOf(Case& c, const AccountKey& key) {
  const AccountIndex known = c.state.accounts().Find(key);
  if (known.valid()) return known;
  std::vector<AccountKey>& planned = c.plan.new_accounts;
  auto found = std::find(planned.begin(), planned.end(), key);
  if (found == planned.end()) {
    planned.push_back(key);
    found = planned.end() - 1;
  }
  return AccountIndex(c.state.accounts().size() +
                      static_cast<int32_t>(found - planned.begin()));
}

ClaimSetIndex SetOf(Case& c, const Claims& claims) {
  Claims sorted;
  for (const ClaimIndex claim : claims) {
    if (claim.valid()) sorted.push_back(claim);
  }
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  const ClaimSetIndex known = c.state.claim_sets().Find(sorted);
  if (known.valid()) return known;
  std::vector<Claims>& planned = c.plan.new_claim_sets;
  auto found = std::find(planned.begin(), planned.end(), sorted);
  if (found == planned.end()) {
    planned.push_back(sorted);
    found = planned.end() - 1;
  }
  return ClaimSetIndex(c.state.claim_sets().Next().value() +
                       static_cast<int32_t>(found - planned.begin()));
}

Claims MembersAt(const Case& c, ClaimSetIndex set) {
  const int32_t planned = c.state.claim_sets().Next().value();
  if (!ClaimSets::IsSeveral(set) || set.value() < planned) {
    return c.state.claim_sets().Members(set);
  }
  return c.plan.new_claim_sets[static_cast<size_t>(set.value() - planned)];
}

LotIndex NextLot(const Case& c) {
  return LotIndex(c.state.lots().size() +
                  static_cast<int32_t>(c.plan.new_lots.size()));
}

Quantity Available(const Case& c, AccountIndex account) {
  Quantity least;
  if (account.value() < c.state.accounts().size()) {
    least = c.state.accounts().at(account).timeline.LeastFrom(c.date);
  }
  // The sum passes the range only for an account that refuses OVERFLOW anyway.
  const int128 units = least.units() + PostedTo(c, account);
  const Quantity balance =
      IsInRange(units) ? Quantity(static_cast<int64_t>(units)) : Quantity();
  if (c.state.withholdings().empty()) return balance;
  return Difference(balance, Withheld(c.state, account, c.date))
      .value_or(Quantity());
}

void Post(Case& c, AccountIndex account, SiteIndex site, ProductIndex product,
          Quantity delta) {
  AddPosted(c, account, delta);
  if (!StaysInRange(c, account, c.date, PostedTo(c, account))) {
    RefuseOverflow(c, product, delta);
    return;
  }
  c.plan.postings.push_back({.account = account,
                             .product = product,
                             .date = c.date,
                             .delta = delta,
                             .site = site});
}

void PostDated(Case& c, const Posting& posting) {
  if (posting.account.value() < c.state.accounts().size()) {
    const Timeline& timeline = c.state.accounts().at(posting.account).timeline;
    const int128 highest = timeline.GreatestFrom(posting.date).units() +
                           PostedTo(c, posting.account);
    if (!IsInRange(highest) || !IsInRange(highest + posting.delta.units())) {
      RefuseOverflow(c, posting.product, posting.delta);
      return;
    }
  }
  c.plan.postings.push_back(posting);
}

void Post(Case& c, Boundary boundary, ProductIndex product, Quantity delta) {
  c.plan.postings.push_back({.boundary = boundary,
                             .product = product,
                             .date = c.date,
                             .delta = delta});
}

void Take(Case& c, size_t place) {
  Movement& movement = c.movements[place];
  const AccountKey key = KeyOf(c.state, c.date,
                               {.site = movement.site,
                                .product = movement.product,
                                .claims = SetOf(movement.claim),
                                .lot = movement.lot,
                                .origin = movement.origin});
  const AccountIndex alone = AccountOf(c, key);
  if (!movement.claim.valid() && !movement.lot.valid()) {
    TakeConventional(c, alone, &movement);
    return;
  }
  Quantity given = DrawFrom(c, alone, movement.quantity, &movement);
  if (given < movement.quantity && movement.claim.valid()) {
    const Quantity rest = *Difference(movement.quantity, given);
    given = *Sum(given, DrawSeveral(c, rest, &movement));
  }
  if (given == movement.quantity) return;
  const Quantity missing = *Difference(movement.quantity, given);
  const Overdraw overdraw = HasWithheld(c, alone)
                                ? Overdraw::kNone
                                : JudgeOverdraw(c, movement, alone, missing);
  if (overdraw == Overdraw::kAllowed) {
    Post(c, alone, movement.site, movement.product, missing.Negated());
    movement.draws.push_back({alone, missing});
    return;
  }
  c.shortfalls.push_back({.movement = place,
                          .asked = movement.quantity,
                          .available = given,
                          .overdraw = overdraw});
}

}  // namespace tally
