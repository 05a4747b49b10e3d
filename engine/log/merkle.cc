#include "engine/log/merkle.h"

#include "engine/base/check.h"

namespace tally {
namespace {

std::string_view AsText(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// The prefixes keep a node from passing for a leaf and a leaf for a node.
constexpr std::string_view kLeafPrefix("\x00", 1);
constexpr std::string_view kNodePrefix("\x01", 1);

}  // namespace

Sha256Digest LeafHash(std::string_view record) {
  return Sha256(kLeafPrefix, record);
}

Sha256Digest NodeHash(const Sha256Digest& left, const Sha256Digest& right) {
  return Sha256(kNodePrefix, AsText(left), AsText(right));
}

Sha256Digest EmptyRoot() { return Sha256({}); }

void MerkleFrontier::AddSubtree(int height, const Sha256Digest& hash) {
  TALLY_CHECK(height >= 0);
  TALLY_CHECK(height < kTreeHeightMax);
  const int64_t leaves = int64_t{1} << height;
  // Higher subtrees come first, each height at most once.
  TALLY_CHECK((size_ & (2 * leaves - 1)) == 0);
  peaks_[height] = hash;
  size_ += leaves;
}

Sha256Digest MerkleFrontier::Root() const {
  if (size_ == 0) return EmptyRoot();
  int height = 0;
  while ((size_ >> height & 1) == 0) ++height;
  Sha256Digest root = peaks_[height];
  for (++height; height < kTreeHeightMax; ++height) {
    if ((size_ >> height & 1) != 0) root = NodeHash(peaks_[height], root);
  }
  return root;
}

}  // namespace tally
