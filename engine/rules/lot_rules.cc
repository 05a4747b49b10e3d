// A lot is taken under the claim that it has.

#include <algorithm>
#include <vector>

#include "engine/rules/column.h"
#include "engine/rules/lot_claims.h"
#include "fmt/format.h"

namespace tally {
namespace {

// The claims under which a lot lies at a site now; where it lies there no
// more, those under which it did.
std::vector<ClaimSetIndex> ClaimsAt(const State& state, LotIndex lot,
                                    SiteIndex site) {
  const ScopeIndex scope = state.registry().at(site).own_scope;
  std::vector<ClaimSetIndex> has;
  std::vector<ClaimSetIndex> had;
  for (const AccountIndex index : state.accounts().OfLot(lot)) {
    const Account& account = state.accounts().at(index);
    if (account.key.scope != scope) continue;
    had.push_back(account.key.claims);
    if (account.timeline.Latest() > Quantity()) {
      has.push_back(account.key.claims);
    }
  }
  return has.empty() ? had : has;
}

bool IsAmong(const State& state, const std::vector<ClaimSetIndex>& sets,
             ClaimIndex claim) {
  return std::any_of(sets.begin(), sets.end(), [&](ClaimSetIndex set) {
    return claim.valid() ? state.claim_sets().Contains(set, claim)
                         : set == kNoClaims;
  });
}

// In the order of the models, whether the scheme's downgrades lead there or
// not.
bool IsLessStrict(Model model, Model than) { return than < model; }

// What naming the lot under `claim` amounts to; kAccepted for a claim that has
// nothing to do with the lot, where the shortage alone is the answer.
Code Answer(const Case& c, LotIndex lot, const std::vector<ClaimSetIndex>& sets,
            ClaimIndex claim) {
  if (!claim.valid()) return Code::kWrongAccount;
  const SchemeIndex scheme = SchemeOf(claim);
  for (const ClaimSetIndex set : sets) {
    const ClaimIndex own = c.state.claim_sets().UnderScheme(set, scheme);
    if (!own.valid()) continue;
    return IsLessStrict(ModelOf(claim), ModelOf(own)) ? Code::kWrongAccount
                                                      : Code::kModelUpgrade;
  }
  const bool conventional =
      std::find(sets.begin(), sets.end(), kNoClaims) != sets.end();
  if (conventional) return Code::kModelUpgrade;
  return EverCarried(c.state, lot, scheme) ? Code::kClaimLost : Code::kAccepted;
}

void CheckLot(Case& c, const Movement& movement) {
  const std::vector<ClaimSetIndex> sets =
      ClaimsAt(c.state, movement.lot, movement.site);
  if (sets.empty() || IsAmong(c.state, sets, movement.claim)) return;
  const Code code = Answer(c, movement.lot, sets, movement.claim);
  if (code == Code::kAccepted || !c.verdict.Concerns(code)) return;
  const SchemeIndex scheme =
      movement.claim.valid() ? SchemeOf(movement.claim) : SchemeIndex();
  c.verdict.Refuse(RefuseUnder(
      c, scheme, code,
      fmt::format("{}: lot \"{}\" is not held under {} at this site",
                  movement.field, c.state.lots().NameOf(movement.lot),
                  ModelName(ModelOf(movement.claim)))));
}

}  // namespace

void CheckLots(Case& c) {
  for (const Movement& movement : c.movements) {
    if (movement.lot.valid()) CheckLot(c, movement);
  }
}

}  // namespace tally
