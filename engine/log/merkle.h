// The Merkle tree of RFC 6962 over the records of the log: leaf hashes
// SHA-256(0x00 || record), node hashes SHA-256(0x01 || left || right).
//
// MerkleFrontier grows the tree with O(log n) memory: it keeps the roots of
// the complete subtrees that a tree of its size splits into, and tells a
// listener of every subtree that becomes complete, so that these can be
// stored and proofs be made without a replay. merkle_proof.h makes proofs and
// checks them.
//
//   MerkleFrontier tree;
//   tree.Append(LeafHash(record));
//   Sha256Digest root = tree.Root();

#ifndef TALLY_ENGINE_LOG_MERKLE_H_
#define TALLY_ENGINE_LOG_MERKLE_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/base/sha256.h"

namespace tally {

// A tree of so many leaves, and its root.
struct TreeHead {
  int64_t size = 0;
  Sha256Digest root{};

  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

// A complete subtree: the leaves [index * 2^height, (index + 1) * 2^height).
struct TreeNode {
  int height = 0;
  int64_t index = 0;

  friend bool operator==(const TreeNode&, const TreeNode&) = default;
};

// No tree is higher than its 2^63 leaves.
inline constexpr int kTreeHeightMax = 63;

Sha256Digest LeafHash(std::string_view record);
Sha256Digest NodeHash(const Sha256Digest& left, const Sha256Digest& right);
// The root of the tree without leaves: SHA-256 of nothing.
Sha256Digest EmptyRoot();

class MerkleFrontier {
 public:
  // Adds the next leaf. `completed(node, hash)` is called for each subtree
  // that it completes, lowest first, the leaf itself included.
  template <typename Completed>
  void Append(const Sha256Digest& leaf_hash, Completed&& completed);
  void Append(const Sha256Digest& leaf_hash) {
    Append(leaf_hash, [](const TreeNode&, const Sha256Digest&) {});
  }

  // Puts back a complete subtree, the next after the leaves so far. Of a
  // recovered tree, the subtrees are added from the highest to the lowest.
  void AddSubtree(int height, const Sha256Digest& hash);

  int64_t size() const { return size_; }
  Sha256Digest Root() const;

 private:
  int64_t size_ = 0;
  // peaks_[h] is the root of the complete subtree of 2^h leaves that the
  // tree has where bit h of its size is set.
  std::array<Sha256Digest, kTreeHeightMax> peaks_{};
};

template <typename Completed>
void MerkleFrontier::Append(const Sha256Digest& leaf_hash,
                            Completed&& completed) {
  Sha256Digest hash = leaf_hash;
  int height = 0;
  completed(TreeNode{.height = 0, .index = size_}, hash);
  for (; (size_ >> height & 1) != 0; ++height) {
    hash = NodeHash(peaks_[height], hash);
    completed(TreeNode{.height = height + 1, .index = size_ >> (height + 1)},
              hash);
  }
  peaks_[height] = hash;
  ++size_;
}

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_MERKLE_H_
