// Proofs over the Merkle tree of the log, as RFC 6962 and RFC 9162 define
// them: that a record is in the tree (inclusion), and that a tree only grew
// (consistency). Making one takes O(log n) nodes; checking one takes only the
// proof and the roots.

#ifndef TALLY_ENGINE_LOG_MERKLE_PROOF_H_
#define TALLY_ENGINE_LOG_MERKLE_PROOF_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/sha256.h"
#include "engine/log/merkle.h"

namespace tally {

// The hashes of complete subtrees, of which a log stores enough.
class NodeReader {
 public:
  virtual ~NodeReader() = default;
  // Leaves that it can tell of.
  virtual int64_t size() const = 0;
  // OUT_OF_RANGE for a subtree that reaches beyond size(), DATA_LOSS where
  // what is stored is missing or damaged.
  virtual absl::StatusOr<Sha256Digest> Read(TreeNode node) const = 0;
};

using Proof = std::vector<Sha256Digest>;

// The root of the tree of the first `size` leaves. OUT_OF_RANGE beyond what
// the reader has.
absl::StatusOr<Sha256Digest> RootAt(const NodeReader& nodes, int64_t size);

// That the leaf at `index` is in the tree of the first `size` leaves; index <
// size, else OUT_OF_RANGE.
absl::StatusOr<Proof> InclusionProof(const NodeReader& nodes, int64_t index,
                                     int64_t size);

// That the tree of `new_size` leaves continues that of `old_size`; old_size
// <= new_size, else OUT_OF_RANGE. Empty where the sizes are equal or the old
// one is 0: there is nothing to prove.
absl::StatusOr<Proof> ConsistencyProof(const NodeReader& nodes,
                                       int64_t old_size, int64_t new_size);

// Whether the proof holds. False for everything else, whatever is handed in.
bool VerifyInclusion(const Sha256Digest& leaf_hash, int64_t index,
                     std::span<const Sha256Digest> proof, const TreeHead& head);
bool VerifyConsistency(const TreeHead& old_head, const TreeHead& new_head,
                       std::span<const Sha256Digest> proof);

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_MERKLE_PROOF_H_
