#include "engine/rules/lot_claims.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "engine/model/limits.h"
#include "engine/profile/profile.h"
#include "engine/rules/lookup.h"
#include "fmt/format.h"

namespace tally {
namespace {

void RefuseStated(Case& c, SchemeIndex scheme, Code code,
                  const FieldPath& field, std::string_view stated,
                  std::string_view carried) {
  if (!c.verdict.Concerns(code)) return;
  c.verdict.Refuse(
      RefuseUnder(c, scheme, code,
                  fmt::format("{}: states {}, the material carries {}", field,
                              stated, carried)));
}

}  // namespace

bool EverCarried(const State& state, LotIndex lot, SchemeIndex scheme) {
  std::vector<LotIndex> open = {lot};
  absl::flat_hash_set<LotIndex> seen = {lot};
  while (!open.empty()) {
    const Lot& current = state.lots().at(open.back());
    open.pop_back();
    if (state.claim_sets().UnderScheme(current.claims, scheme).valid()) {
      return true;
    }
    for (const Parent& parent : current.parents) {
      if (seen.size() >= kTraceLotsMax) return false;
      if (!parent.lot.valid() || !seen.insert(parent.lot).second) continue;
      open.push_back(parent.lot);
    }
  }
  return false;
}

void CheckStatedAgainstLot(Case& c, const Movement& movement,
                           const std::optional<Decimal>& claims_share,
                           const Attributes& stated) {
  if (!movement.lot.valid()) return;
  const Lot& lot = c.state.lots().at(movement.lot);
  const SchemeIndex scheme =
      movement.claim.valid() ? SchemeOf(movement.claim) : SchemeIndex();
  CheckStated(c, scheme, movement.field, lot.attributes, lot.claims_share,
              claims_share, stated);
}

void CheckStated(Case& c, SchemeIndex scheme, const FieldPath& field,
                 const LotAttributes& carried,
                 const std::optional<Decimal>& carried_share,
                 const std::optional<Decimal>& stated_share,
                 const Attributes& stated) {
  if (stated_share && carried_share && Less(*carried_share, *stated_share)) {
    RefuseStated(c, scheme, Code::kModelUpgrade, field.Of("claims_share"),
                 stated_share->ToString(), carried_share->ToString());
  }
  const bool ghg_counts =
      !scheme.valid() || c.ProfileOf(scheme).mixing.ghg != GhgMixing::kIgnored;
  if (stated.ghg && carried.ghg && ghg_counts &&
      Less(*stated.ghg, *carried.ghg)) {
    RefuseStated(c, scheme, Code::kGhgAverage, field.Of("attributes.ghg"),
                 stated.ghg->ToString(), carried.ghg->ToString());
  }
  if (stated.source_status != SourceStatus::kUnspecified &&
      stated.source_status < carried.source_status) {
    RefuseStated(c, scheme, Code::kSourceStatus,
                 field.Of("attributes.source_status"),
                 Name(stated.source_status), Name(carried.source_status));
  }
  if (stated.level.empty() || !scheme.valid()) return;
  const Profile& profile = c.ProfileOf(scheme);
  if (profile.LevelRank(stated.level) > profile.LevelRank(carried.level)) {
    RefuseStated(c, scheme, Code::kLevel, field.Of("attributes.level"),
                 stated.level,
                 carried.level.empty() ? "no level" : carried.level);
  }
}

void CheckLotNamed(Case& c, const FieldPath& field, ClaimIndex claim,
                   std::string_view lot) {
  if (!lot.empty() || ModelOf(claim) != Model::kSegregated) return;
  if (c.ProfileOf(SchemeOf(claim)).segregated.lots != LotUse::kRequired) return;
  RefuseField(c, Code::kInvalidArgument, field.Of("lot"), "",
              "given, as the scheme requires lots");
}

void CheckLevelKnown(Case& c, ClaimIndex claim, const FieldPath& field,
                     const Attributes& stated) {
  if (!claim.valid() || stated.level.empty()) return;
  const Profile& profile = c.ProfileOf(SchemeOf(claim));
  if (profile.levels.empty() || profile.LevelRank(stated.level) >= 0) return;
  RefuseField(c, Code::kInvalidArgument, field.Of("attributes.level"),
              stated.level, "a level of the scheme");
}

}  // namespace tally
