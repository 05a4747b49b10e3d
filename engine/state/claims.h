// Claims and sets of claims as indices.
//
// Most stock is under one claim or none; `also` puts a quantity under several
// at once. Sets of none and of one need no table: their index says it all.

#ifndef TALLY_ENGINE_STATE_CLAIMS_H_
#define TALLY_ENGINE_STATE_CLAIMS_H_

#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "engine/model/claim.h"
#include "engine/model/indices.h"

namespace tally {

constexpr ClaimIndex ClaimOf(SchemeIndex scheme, Model model) {
  return ClaimIndex(scheme.value() * kModelCount + static_cast<int>(model));
}
constexpr SchemeIndex SchemeOf(ClaimIndex claim) {
  return SchemeIndex(claim.value() / kModelCount);
}
constexpr Model ModelOf(ClaimIndex claim) {
  return claim.valid() ? static_cast<Model>(claim.value() % kModelCount)
                       : Model::kConventional;
}

// The set of no claim: conventional material.
inline constexpr ClaimSetIndex kNoClaims(0);

// The set of one claim, or of none where `claim` is not valid().
constexpr ClaimSetIndex SetOf(ClaimIndex claim) {
  return ClaimSetIndex(claim.value() + 1);
}

using Claims = absl::InlinedVector<ClaimIndex, 2>;

// The sets of several claims, in order of arrival.
class ClaimSets {
 public:
  ClaimSets() = default;
  ClaimSets(const ClaimSets&) = delete;
  ClaimSets& operator=(const ClaimSets&) = delete;

  static constexpr bool IsSeveral(ClaimSetIndex set) {
    return set.value() >= kSeveralBase;
  }

  // `claims` sorted and without repetition. Not valid() where a set of
  // several is not known yet.
  ClaimSetIndex Find(const Claims& claims) const;
  // The index that the next new set of several gets.
  ClaimSetIndex Next() const {
    return ClaimSetIndex(kSeveralBase + static_cast<int32_t>(sets_.size()));
  }
  void Add(const Claims& claims);
  void RemoveLast();

  Claims Members(ClaimSetIndex set) const;
  bool Contains(ClaimSetIndex set, ClaimIndex claim) const;
  // The claim of a set under this scheme; not valid() where there is none.
  ClaimIndex UnderScheme(ClaimSetIndex set, SchemeIndex scheme) const;

 private:
  friend struct SnapshotAccess;

  static constexpr int32_t kSeveralBase = 1 << 30;

  std::vector<Claims> sets_;
  absl::flat_hash_map<Claims, ClaimSetIndex> indices_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_CLAIMS_H_
