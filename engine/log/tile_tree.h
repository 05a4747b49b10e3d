// The Merkle tree in the tiles of C2SP tlog-tiles: 256 hashes each, tile
// (level, index) holding the roots of the complete subtrees of 256^level
// leaves from 256 * index on.
//
// A tile is stored once, when it is full; the ones at the right edge are in
// memory and are made again from the log when it is opened. So the tree costs
// 32 bytes a leaf on disk, nothing is written twice, and any proof takes a
// few tiles. One thread grows the tree, any thread reads it.

#ifndef TALLY_ENGINE_LOG_TILE_TREE_H_
#define TALLY_ENGINE_LOG_TILE_TREE_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/mutex.h"
#include "engine/base/sha256.h"
#include "engine/log/merkle.h"
#include "engine/log/merkle_proof.h"

namespace tally {

inline constexpr int kTileHeight = 8;
inline constexpr int kTileHashes = 1 << kTileHeight;
inline constexpr int kTileBytes = kTileHashes * 32;
// Levels of tiles of a tree of 2^63 leaves.
inline constexpr int kTileLevels = 8;

struct TileId {
  int level = 0;
  int64_t index = 0;

  friend bool operator==(const TileId&, const TileId&) = default;
};

// Where full tiles are kept.
class TileReader {
 public:
  virtual ~TileReader() = default;
  // The kTileBytes of a full tile; DATA_LOSS where it is not there.
  virtual absl::StatusOr<std::string> ReadTile(TileId tile) const = 0;
};

// The right edge of the tree: what is not in full tiles.
struct TreeEdge {
  MerkleFrontier frontier;
  // Per level, the hashes of the tile that is not full.
  std::array<std::vector<Sha256Digest>, kTileLevels> partial;
};

// A tree that has grown, not yet the tree that readers see.
struct TreeGrowth {
  struct FullTile {
    TileId id;
    std::string bytes;
  };
  TreeEdge edge;
  std::vector<FullTile> full;  // to be stored

  TreeHead head() const {
    return {.size = edge.frontier.size(), .root = edge.frontier.Root()};
  }
};

class TileTree final : public NodeReader {
 public:
  // `tiles` must outlive it.
  explicit TileTree(const TileReader* tiles) : tiles_(tiles) {}

  // What the tree becomes with these leaves. The tree itself is unchanged,
  // so that a failed append leaves no trace.
  TreeGrowth Grow(std::span<const Sha256Digest> leaves) const;
  // Makes it the tree, once its full tiles are stored.
  void Adopt(TreeGrowth growth);

  // Makes the edge of a tree of `size` leaves from the full tiles and from
  // `last_leaves`, the size % 256 leaves that no full tile holds.
  absl::Status Recover(int64_t size, std::span<const Sha256Digest> last_leaves);

  TreeHead head() const;

  int64_t size() const override;
  absl::StatusOr<Sha256Digest> Read(TreeNode node) const override;

  // The first `width` hashes of a tile as bytes, to be served: full or not.
  // OUT_OF_RANGE beyond what the tree has.
  absl::StatusOr<std::string> ReadTile(TileId tile, int width) const;

 private:
  absl::StatusOr<std::vector<Sha256Digest>> ReadHashes(TileId tile,
                                                       int64_t first,
                                                       int64_t count) const;

  const TileReader* const tiles_;
  mutable SharedMutex mutex_;
  TreeEdge edge_ TALLY_GUARDED_BY(mutex_);
  Sha256Digest root_ TALLY_GUARDED_BY(mutex_) = EmptyRoot();
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_TILE_TREE_H_
