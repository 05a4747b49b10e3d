#include "engine/rules/entitlements.h"

#include <algorithm>

#include "engine/rules/certificate_gaps.h"
#include "engine/rules/holdings.h"
#include "engine/state/vintage_moves.h"

namespace tally {
namespace {

static_assert(std::is_same_v<std::variant_alternative_t<kClosePeriodKind, Body>,
                             const ClosePeriod*>);

bool IsClose(const VintageMove& move) {
  return move.event_kind == kClosePeriodKind;
}

bool EndsByMonths(const Profile& profile) {
  return profile.mass_balance.carry_over.kind == CarryOverKind::kMonths;
}

bool EndsInGaps(const Profile& profile) {
  return profile.certificate.gap_voids_carry && profile.certificate.required;
}

// The version that the plan defines; nullptr where it defines none of the
// scheme's.
const Profile* Defined(const Schemes& schemes, SchemeIndex scheme,
                       const Plan* plan) {
  if (plan == nullptr) return nullptr;
  const auto* defined = std::get_if<NewScheme>(&plan->registry_change);
  if (defined == nullptr ||
      defined->profile->scheme != schemes.NameOf(scheme)) {
    return nullptr;
  }
  return defined->profile.get();
}

bool EndsByDate(const Schemes& schemes, SchemeIndex scheme, const Plan* plan) {
  const auto ends = [](const Profile& profile) {
    return EndsByMonths(profile) || EndsInGaps(profile);
  };
  const Profile* defined = Defined(schemes, scheme, plan);
  if (defined != nullptr && ends(*defined)) return true;
  const auto& versions = schemes.Versions(scheme);
  return std::any_of(versions.begin(), versions.end(),
                     [&ends](const auto& profile) { return ends(*profile); });
}

// The profile in force on a date, once the one defined is: as Schemes::At().
const Profile& VersionAt(const Schemes& schemes, SchemeIndex scheme, Date date,
                         const Profile* defined) {
  const Profile& known = schemes.At(scheme, date);
  if (defined == nullptr) return known;
  const bool later = defined->effective_from > known.effective_from;
  const bool known_holds = known.effective_from <= date;
  const bool holds = defined->effective_from <= date;
  return (holds && (later || !known_holds)) || (!known_holds && !later)
             ? *defined
             : known;
}

Date LastDayOf(const Profile& profile, Date entered) {
  if (!EndsByMonths(profile)) return Date::Max();
  const int months = profile.mass_balance.carry_over.count;
  return std::min(entered.AddMonths(months), Date::Max());
}

std::optional<VintageHistory> PlayWith(const Case& c, AccountIndex account,
                                       Quantity use) {
  const AccountKey& key = KeyAt(c, account);
  const ClaimIndex claim =
      EndingClaim(c.state.schemes(), MembersAt(c, key.claims));
  if (!claim.valid()) return std::nullopt;
  std::vector<VintageMove> moves = MovesOf(c, account);
  if (!use.IsZero()) {
    InsertMove({.date = c.date, .kind = MoveKind::kUse, .quantity = use},
               &moves);
  }
  return PlayVintages(TermsOf(c.state, c.date, key, claim), moves);
}

int128 PostedTo(const Case& c, AccountIndex account) {
  for (const auto& [posted, sum] : c.posted) {
    if (posted == account) return sum;
  }
  return 0;
}

// Stock under several claims is a site's, not its scope's.
void AddSeveral(const State& state, const PeriodKey& key, SiteIndex site,
                std::vector<AccountIndex>* accounts) {
  const ClaimIndex claim = ClaimOf(key.scheme, Model::kMassBalance);
  const Registry& registry = state.registry();
  for (const AccountIndex index :
       state.accounts().OfScope(registry.at(site).own_scope)) {
    const AccountKey& held = state.accounts().at(index).key;
    if (!ClaimSets::IsSeveral(held.claims)) continue;
    const ProductIndex product = registry.at(held.pool).first_product;
    if (registry.at(product).group_pool != key.pool) continue;
    if (state.claim_sets().Contains(held.claims, claim)) {
      accounts->push_back(index);
    }
  }
}

}  // namespace

PeriodKey PeriodKeyOf(const State& state, Date date, SiteIndex site,
                      ProductIndex product, SchemeIndex scheme) {
  const AccountKey key =
      KeyOf(state, date,
            {.site = site,
             .product = product,
             .claims = SetOf(ClaimOf(scheme, Model::kMassBalance))});
  return {.scope = key.scope, .pool = key.pool, .scheme = scheme};
}

const AccountKey& KeyAt(const Case& c, AccountIndex account) {
  const int32_t known = c.state.accounts().size();
  if (account.value() < known) return c.state.accounts().at(account).key;
  return c.plan.new_accounts[static_cast<size_t>(account.value() - known)];
}

const Vintages* VintagesAt(const Case& c, AccountIndex account) {
  if (account.value() >= c.state.accounts().size()) return nullptr;
  return c.state.accounts().at(account).vintages.get();
}

ClaimIndex EndingClaim(const Schemes& schemes, const Claims& claims,
                       const Plan* plan) {
  for (const ClaimIndex claim : claims) {
    if (ModelOf(claim) == Model::kMassBalance &&
        EndsByDate(schemes, SchemeOf(claim), plan)) {
      return claim;
    }
  }
  return {};
}

VintageTerms TermsOf(const State& state, Date date, const AccountKey& key,
                     ClaimIndex claim, const Plan* plan) {
  const Schemes& schemes = state.schemes();
  const SchemeIndex scheme = SchemeOf(claim);
  const Profile* defined = Defined(schemes, scheme, plan);
  VintageTerms terms;
  terms.last_day = [&schemes, scheme, defined](Date entered) {
    return LastDayOf(VersionAt(schemes, scheme, entered, defined), entered);
  };
  if (EndsInGaps(VersionAt(schemes, scheme, date, defined))) {
    terms.gaps = CertificateGaps(state, scheme, key.scope, plan);
  }
  return terms;
}

std::vector<VintageMove> MovesOf(const Case& c, AccountIndex account) {
  std::vector<VintageMove> moves;
  if (const Vintages* vintages = VintagesAt(c, account)) {
    moves.assign(vintages->moves().begin(), vintages->moves().end());
  } else if (account.value() < c.state.accounts().size()) {
    // A version that the plan defines is the first to give it an end.
    moves = MovesOfDays(c.state.registry(), c.state.accounts().at(account));
  }
  for (const Posting& posting : c.plan.postings) {
    if (posting.account != account || posting.expiry != Expiry::kNone) continue;
    InsertMove(MoveOf(c.plan, posting, c.state.shipments()), &moves);
  }
  return moves;
}

std::vector<BalanceOfDay> DaysFrom(const Case& c, AccountIndex account,
                                   Quantity use) {
  std::vector<BalanceOfDay> days;
  if (const std::optional<VintageHistory> history = PlayWith(c, account, use)) {
    days.push_back({c.date, history->BalanceAt(c.date)});
    for (const BalanceOfDay& day : history->days) {
      if (day.date > c.date) days.push_back(day);
    }
    return days;
  }
  const int128 change = PostedTo(c, account) - use.units();
  days.push_back({c.date, change});
  if (account.value() >= c.state.accounts().size()) return days;
  const Timeline& timeline = c.state.accounts().at(account).timeline;
  days.front().balance += timeline.At(c.date).units();
  for (const DayBalance& day : timeline.days()) {
    if (day.date <= c.date) continue;
    days.push_back({day.date, day.balance.units() + change});
  }
  return days;
}

Quantity MostToTake(const Case& c, AccountIndex account, Quantity wanted) {
  const auto serves = [&](int64_t units) {
    const auto history = PlayWith(c, account, Quantity(units));
    return history->LeastFrom(c.date) >= 0;
  };
  if (serves(wanted.units())) return wanted;
  // What is taken leaves less for later uses, and never more: the most is
  // found by halving.
  int64_t fits = -1;
  int64_t fails = wanted.units();
  while (fails - fits > 1) {
    const int64_t middle = fits + (fails - fits) / 2;
    (serves(middle) ? fits : fails) = middle;
  }
  return Quantity(std::max<int64_t>(fits, 0));
}

std::vector<AccountIndex> EntitlementsOf(const State& state,
                                         const PeriodKey& key) {
  const ClaimSetIndex claims = SetOf(ClaimOf(key.scheme, Model::kMassBalance));
  std::vector<AccountIndex> accounts;
  for (const AccountIndex index : state.accounts().OfScope(key.scope)) {
    const AccountKey& held = state.accounts().at(index).key;
    if (held.kind == AccountKind::kHolding && held.claims == claims &&
        held.pool == key.pool) {
      accounts.push_back(index);
    }
  }
  for (const SiteIndex site : state.registry().SitesOf(key.scope)) {
    AddSeveral(state, key, site, &accounts);
  }
  return accounts;
}

int128 CarriedInto(const State& state, AccountIndex index, Date date) {
  const Account& account = state.accounts().at(index);
  int128 balance = account.timeline.At(date).units();
  if (account.vintages == nullptr) return balance;
  for (const VintageMove& move : account.vintages->Within({date, date})) {
    if (IsClose(move)) continue;
    const int128 units = move.quantity.units();
    balance -= move.kind == MoveKind::kUse ? -units : units;
  }
  return balance;
}

int128 ReceivedIn(const State& state, AccountIndex index, DateRange days) {
  const Account& account = state.accounts().at(index);
  if (account.vintages == nullptr) return 0;
  int128 received = 0;
  for (const VintageMove& move : account.vintages->Within(days)) {
    if (move.kind == MoveKind::kEntry) received += move.quantity.units();
  }
  return received;
}

int128 ExpiredIn(const State& state, AccountIndex index, DateRange days,
                 std::optional<Expiry> why) {
  const Account& account = state.accounts().at(index);
  if (account.vintages == nullptr) return 0;
  int128 expired = 0;
  if (why != Expiry::kGap) {
    for (const VintageMove& move : account.vintages->Within(days)) {
      if (IsClose(move)) expired += move.quantity.units();
    }
  }
  for (const auto& [key, quantity] : account.vintages->schedule()) {
    if (!days.Contains(key.date) || (why && key.why != *why)) continue;
    expired += quantity.units();
  }
  return expired;
}

int128 BookStockOf(const State& state, const PeriodKey& key, Date date) {
  const Registry& registry = state.registry();
  int128 stock = 0;
  const auto add = [&](ScopeIndex scope) {
    for (const AccountIndex index : state.accounts().OfScope(scope)) {
      const Account& account = state.accounts().at(index);
      if (account.key.kind != AccountKind::kHolding) continue;
      const ProductIndex product = registry.at(account.key.pool).first_product;
      if (registry.at(product).group_pool != key.pool) continue;
      stock += account.timeline.At(date).units();
    }
  };
  for (const SiteIndex site : registry.SitesOf(key.scope)) {
    add(registry.at(site).own_scope);
  }
  // The entitlement that the sites share lies in no site's own scope.
  if (!registry.at(key.scope).site.valid()) add(key.scope);
  return std::max<int128>(stock, 0);
}

}  // namespace tally
