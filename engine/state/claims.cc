#include "engine/state/claims.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {

ClaimSetIndex ClaimSets::Find(const Claims& claims) const {
  if (claims.empty()) return kNoClaims;
  if (claims.size() == 1) return SetOf(claims[0]);
  const auto found = indices_.find(claims);
  return found == indices_.end() ? ClaimSetIndex() : found->second;
}

void ClaimSets::Add(const Claims& claims) {
  TALLY_CHECK(claims.size() > 1);
  const bool added = indices_.emplace(claims, Next()).second;
  TALLY_CHECK(added);
  sets_.push_back(claims);
}

void ClaimSets::RemoveLast() {
  TALLY_CHECK(!sets_.empty());
  indices_.erase(sets_.back());
  sets_.pop_back();
}

Claims ClaimSets::Members(ClaimSetIndex set) const {
  if (set == kNoClaims) return {};
  if (!IsSeveral(set)) return {ClaimIndex(set.value() - 1)};
  return sets_[static_cast<size_t>(set.value() - kSeveralBase)];
}

bool ClaimSets::Contains(ClaimSetIndex set, ClaimIndex claim) const {
  if (!IsSeveral(set)) return claim.valid() && SetOf(claim) == set;
  const Claims& members =
      sets_[static_cast<size_t>(set.value() - kSeveralBase)];
  return std::find(members.begin(), members.end(), claim) != members.end();
}

ClaimIndex ClaimSets::UnderScheme(ClaimSetIndex set, SchemeIndex scheme) const {
  for (const ClaimIndex claim : Members(set)) {
    if (SchemeOf(claim) == scheme) return claim;
  }
  return ClaimIndex();
}

}  // namespace tally
