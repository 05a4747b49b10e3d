#include "engine/log/merkle_proof.h"

#include <algorithm>
#include <bit>

#include "absl/status/status.h"
#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace tally {
namespace {

// The root of the leaves [first, end), which is what RFC 6962 calls MTH of
// that range: `first` is where a subtree of a tree of `end` or more leaves
// starts, so the range splits into complete subtrees, highest first.
absl::StatusOr<Sha256Digest> RangeRoot(const NodeReader& nodes, int64_t first,
                                       int64_t end) {
  TALLY_CHECK(first < end);
  std::vector<Sha256Digest> peaks;
  for (int64_t at = first; at < end;) {
    const auto left = static_cast<uint64_t>(end - at);
    const int height = 63 - std::countl_zero(left);
    ASSIGN_OR_RETURN(
        const Sha256Digest peak,
        nodes.Read(TreeNode{.height = height, .index = at >> height}));
    peaks.push_back(peak);
    at += int64_t{1} << height;
  }
  Sha256Digest root = peaks.back();
  for (size_t i = peaks.size() - 1; i > 0; --i) {
    root = NodeHash(peaks[i - 1], root);
  }
  return root;
}

// The largest power of two below n, for n > 1: where a tree of n splits.
int64_t SplitOf(int64_t n) {
  return static_cast<int64_t>(std::bit_floor(static_cast<uint64_t>(n - 1)));
}

absl::Status CheckSize(const NodeReader& nodes, int64_t size) {
  if (size < 0 || size > nodes.size()) {
    return absl::OutOfRangeError(
        fmt::format("tree size {} is not within 0 to {}", size, nodes.size()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Sha256Digest> RootAt(const NodeReader& nodes, int64_t size) {
  RETURN_IF_ERROR(CheckSize(nodes, size));
  if (size == 0) return EmptyRoot();
  return RangeRoot(nodes, 0, size);
}

absl::StatusOr<Proof> InclusionProof(const NodeReader& nodes, int64_t index,
                                     int64_t size) {
  RETURN_IF_ERROR(CheckSize(nodes, size));
  if (index < 0 || index >= size) {
    return absl::OutOfRangeError(
        fmt::format("position {} is not below tree size {}", index, size));
  }
  // PATH(m, D[n]) of RFC 6962, from the root down.
  Proof proof;
  int64_t first = 0;
  int64_t end = size;
  while (end - first > 1) {
    const int64_t middle = first + SplitOf(end - first);
    const bool left = index < middle;
    ASSIGN_OR_RETURN(
        const Sha256Digest sibling,
        left ? RangeRoot(nodes, middle, end) : RangeRoot(nodes, first, middle));
    proof.push_back(sibling);
    (left ? end : first) = middle;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

absl::StatusOr<Proof> ConsistencyProof(const NodeReader& nodes,
                                       int64_t old_size, int64_t new_size) {
  RETURN_IF_ERROR(CheckSize(nodes, new_size));
  if (old_size < 0 || old_size > new_size) {
    return absl::OutOfRangeError(
        fmt::format("tree size {} is not within 0 to {}", old_size, new_size));
  }
  Proof proof;
  if (old_size == 0 || old_size == new_size) return proof;
  // SUBPROOF(m, D[n], true) of RFC 6962, from the root down.
  int64_t first = 0;
  int64_t end = new_size;
  // The old tree is all of [first, end): its root is known to who asks.
  bool known = true;
  while (end != old_size) {
    const int64_t middle = first + SplitOf(end - first);
    const bool left = old_size <= middle;
    ASSIGN_OR_RETURN(
        const Sha256Digest sibling,
        left ? RangeRoot(nodes, middle, end) : RangeRoot(nodes, first, middle));
    proof.push_back(sibling);
    if (!left) known = false;
    (left ? end : first) = middle;
  }
  if (!known) {
    ASSIGN_OR_RETURN(const Sha256Digest rest, RangeRoot(nodes, first, end));
    proof.push_back(rest);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

// RFC 9162, 2.1.3.2.
bool VerifyInclusion(const Sha256Digest& leaf_hash, int64_t index,
                     std::span<const Sha256Digest> proof,
                     const TreeHead& head) {
  if (index < 0 || index >= head.size) return false;
  int64_t node = index;
  int64_t last = head.size - 1;
  Sha256Digest root = leaf_hash;
  for (const Sha256Digest& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      root = NodeHash(sibling, root);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      root = NodeHash(root, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && root == head.root;
}

// RFC 9162, 2.1.4.2.
bool VerifyConsistency(const TreeHead& old_head, const TreeHead& new_head,
                       std::span<const Sha256Digest> proof) {
  if (old_head.size < 0 || old_head.size > new_head.size) return false;
  if (old_head.size == new_head.size) {
    return proof.empty() && old_head.root == new_head.root;
  }
  if (old_head.size == 0) {
    return proof.empty() && old_head.root == EmptyRoot();
  }
  const bool whole = (old_head.size & (old_head.size - 1)) == 0;
  if (!whole && proof.empty()) return false;
  // A complete old tree is its own first hash, which the proof leaves out.
  const Sha256Digest first = whole ? old_head.root : proof.front();
  const auto rest = whole ? proof : proof.subspan(1);

  int64_t node = old_head.size - 1;
  int64_t last = new_head.size - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  Sha256Digest old_root = first;
  Sha256Digest new_root = first;
  for (const Sha256Digest& sibling : rest) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      old_root = NodeHash(sibling, old_root);
      new_root = NodeHash(sibling, new_root);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_root = NodeHash(new_root, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_root == old_head.root && new_root == new_head.root;
}

}  // namespace tally
