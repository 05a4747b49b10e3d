#include "engine/log/tile_tree.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace tally {
namespace {

std::string_view AsText(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// The root over 2^n hashes that are neighbours.
Sha256Digest Fold(std::vector<Sha256Digest> hashes) {
  for (size_t width = hashes.size(); width > 1; width /= 2) {
    for (size_t i = 0; i < width / 2; ++i) {
      hashes[i] = NodeHash(hashes[2 * i], hashes[2 * i + 1]);
    }
  }
  return hashes.front();
}

// The hashes that a tree of `size` leaves has at a level of tiles.
int64_t HashesAt(int level, int64_t size) {
  return level < kTileLevels ? size >> (kTileHeight * level) : 0;
}

}  // namespace

TreeGrowth TileTree::Grow(std::span<const Sha256Digest> leaves) const {
  TreeGrowth growth;
  {
    ReaderLock lock(&mutex_);
    growth.edge = edge_;
  }
  const auto completed = [&growth](const TreeNode& node,
                                   const Sha256Digest& hash) {
    if (node.height % kTileHeight != 0) return;
    const int level = node.height / kTileHeight;
    if (level >= kTileLevels) return;
    std::vector<Sha256Digest>& tile = growth.edge.partial[level];
    tile.push_back(hash);
    if (tile.size() < kTileHashes) return;
    TreeGrowth::FullTile full{
        .id = {.level = level, .index = node.index / kTileHashes}};
    full.bytes.reserve(kTileBytes);
    for (const Sha256Digest& entry : tile) full.bytes.append(AsText(entry));
    growth.full.push_back(std::move(full));
    tile.clear();
  };
  for (const Sha256Digest& leaf : leaves) {
    growth.edge.frontier.Append(leaf, completed);
  }
  return growth;
}

void TileTree::Adopt(TreeGrowth growth) {
  const Sha256Digest root = growth.edge.frontier.Root();
  WriterLock lock(&mutex_);
  TALLY_CHECK(growth.edge.frontier.size() >= edge_.frontier.size());
  edge_ = std::move(growth.edge);
  root_ = root;
}

absl::Status TileTree::Recover(int64_t size,
                               std::span<const Sha256Digest> last_leaves) {
  TALLY_CHECK(static_cast<int64_t>(last_leaves.size()) == size % kTileHashes);
  TreeEdge edge;
  edge.partial[0].assign(last_leaves.begin(), last_leaves.end());
  // A hash of level n is the root of a full tile of level n - 1.
  for (int level = 1; level < kTileLevels; ++level) {
    const int64_t hashes = HashesAt(level, size);
    for (int64_t i = hashes / kTileHashes * kTileHashes; i < hashes; ++i) {
      ASSIGN_OR_RETURN(
          std::vector<Sha256Digest> tile,
          ReadHashes({.level = level - 1, .index = i}, 0, kTileHashes));
      edge.partial[level].push_back(Fold(std::move(tile)));
    }
  }
  // The peaks of the tree: the partial tiles from the top down, each split
  // into its complete subtrees, highest first.
  for (int level = kTileLevels - 1; level >= 0; --level) {
    std::span<const Sha256Digest> rest = edge.partial[level];
    for (int height = kTileHeight - 1; height >= 0; --height) {
      const size_t width = size_t{1} << height;
      if ((rest.size() & width) == 0) continue;
      const auto subtree = rest.first(width);
      edge.frontier.AddSubtree(kTileHeight * level + height,
                               Fold({subtree.begin(), subtree.end()}));
      rest = rest.subspan(width);
    }
  }
  TALLY_CHECK(edge.frontier.size() == size);
  Adopt({.edge = std::move(edge)});
  return absl::OkStatus();
}

TreeHead TileTree::head() const {
  ReaderLock lock(&mutex_);
  return {.size = edge_.frontier.size(), .root = root_};
}

int64_t TileTree::size() const {
  ReaderLock lock(&mutex_);
  return edge_.frontier.size();
}

absl::StatusOr<Sha256Digest> TileTree::Read(TreeNode node) const {
  if (node.height < 0 || node.height >= kTreeHeightMax || node.index < 0 ||
      node.index >= (size() >> node.height)) {
    return absl::OutOfRangeError(
        fmt::format("the tree of {} leaves has no node {} at height {}", size(),
                    node.index, node.height));
  }
  const int level = node.height / kTileHeight;
  const int64_t width = int64_t{1} << (node.height % kTileHeight);
  const int64_t first = node.index * width;
  ASSIGN_OR_RETURN(std::vector<Sha256Digest> hashes,
                   ReadHashes({.level = level, .index = first / kTileHashes},
                              first % kTileHashes, width));
  return Fold(std::move(hashes));
}

absl::StatusOr<std::string> TileTree::ReadTile(TileId tile, int width) const {
  const int64_t hashes_there = HashesAt(std::max(tile.level, 0), size());
  if (tile.level < 0 || tile.index < 0 || width < 1 || width > kTileHashes ||
      tile.index > hashes_there / kTileHashes ||
      tile.index * kTileHashes + width > hashes_there) {
    return absl::OutOfRangeError(
        fmt::format("the tree of {} leaves has no {} hashes in tile {} of "
                    "level {}",
                    size(), width, tile.index, tile.level));
  }
  ASSIGN_OR_RETURN(const std::vector<Sha256Digest> hashes,
                   ReadHashes(tile, 0, width));
  std::string bytes;
  bytes.reserve(hashes.size() * sizeof(Sha256Digest));
  for (const Sha256Digest& hash : hashes) bytes.append(AsText(hash));
  return bytes;
}

absl::StatusOr<std::vector<Sha256Digest>> TileTree::ReadHashes(
    TileId tile, int64_t first, int64_t count) const {
  {
    ReaderLock lock(&mutex_);
    const auto& partial = edge_.partial[tile.level];
    const int64_t full = HashesAt(tile.level + 1, edge_.frontier.size());
    if (tile.index == full && !partial.empty()) {
      TALLY_CHECK(first + count <= static_cast<int64_t>(partial.size()));
      return std::vector<Sha256Digest>(partial.begin() + first,
                                       partial.begin() + first + count);
    }
  }
  ASSIGN_OR_RETURN(const std::string bytes, tiles_->ReadTile(tile));
  if (bytes.size() != kTileBytes) {
    return absl::DataLossError(
        fmt::format("tile {} of level {} has {} bytes instead of {}",
                    tile.index, tile.level, bytes.size(), kTileBytes));
  }
  std::vector<Sha256Digest> hashes(static_cast<size_t>(count));
  std::memcpy(hashes.data(), bytes.data() + first * 32, hashes.size() * 32);
  return hashes;
}

}  // namespace tally
