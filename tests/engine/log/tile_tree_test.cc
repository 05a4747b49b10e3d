#include "engine/log/tile_tree.h"

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/log/merkle_proof.h"
#include "gtest/gtest.h"
#include "tests/engine/log/plain_tree.h"

namespace tally {
namespace {

class StoredTiles final : public TileReader {
 public:
  absl::StatusOr<std::string> ReadTile(TileId tile) const override {
    const auto found = tiles.find({tile.level, tile.index});
    if (found == tiles.end()) return absl::DataLossError("no such tile");
    return found->second;
  }

  std::map<std::pair<int, int64_t>, std::string> tiles;
};

class TileTreeTest : public ::testing::Test {
 protected:
  TileTreeTest() : random_(seed_) {
    RecordProperty("seed", std::to_string(seed_));
  }

  void Grow(int64_t leaves) {
    std::vector<Sha256Digest> hashes;
    for (int64_t i = 0; i < leaves; ++i) {
      const std::string record = std::to_string(plain_.size());
      plain_.Append(record);
      hashes.push_back(LeafHash(record));
    }
    TreeGrowth growth = tree_.Grow(hashes);
    for (const TreeGrowth::FullTile& tile : growth.full) {
      // Never written twice.
      EXPECT_TRUE(
          stored_.tiles
              .emplace(std::pair(tile.id.level, tile.id.index), tile.bytes)
              .second);
    }
    EXPECT_EQ(growth.head(), plain_.head());
    tree_.Adopt(std::move(growth));
    EXPECT_EQ(tree_.head(), plain_.head());
  }

  void ExpectSameProofs(const TileTree& tree, int rounds) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed_);
    for (int i = 0; i < rounds; ++i) {
      const auto size = static_cast<int64_t>(
          1 + random_() % static_cast<uint64_t>(plain_.size()));
      const auto index =
          static_cast<int64_t>(random_() % static_cast<uint64_t>(size));
      const auto proof = InclusionProof(tree, index, size);
      ASSERT_TRUE(proof.ok()) << proof.status().ToString();
      ASSERT_EQ(*proof, *InclusionProof(plain_, index, size));
      ASSERT_EQ(*ConsistencyProof(tree, index, size),
                *ConsistencyProof(plain_, index, size));
      ASSERT_EQ(*RootAt(tree, size), *RootAt(plain_, size));
    }
  }

  const uint64_t seed_ = std::random_device()();
  std::mt19937_64 random_;
  StoredTiles stored_;
  TileTree tree_{&stored_};
  PlainTree plain_;
};

TEST_F(TileTreeTest, ProofsAreThoseOfTheWholeTree) {
  for (const int64_t leaves : {1, 1, 253, 1, 1, 255, 1, 1'000, 64'000, 9'000}) {
    Grow(leaves);
    ExpectSameProofs(tree_, 60);
  }
}

TEST_F(TileTreeTest, ComesBackFromItsTilesAndLastLeaves) {
  for (const int64_t leaves : {1, 254, 1, 1, 700, 64'579, 1, 3'000}) {
    Grow(leaves);
    std::vector<Sha256Digest> last;
    for (int64_t i = plain_.size() / 256 * 256; i < plain_.size(); ++i) {
      last.push_back(LeafHash(std::to_string(i)));
    }
    TileTree recovered(&stored_);
    ASSERT_TRUE(recovered.Recover(plain_.size(), last).ok());
    EXPECT_EQ(recovered.head(), plain_.head());
    ExpectSameProofs(recovered, 60);
    // And it grows on as the first would have.
    const Sha256Digest leaf = LeafHash("next");
    EXPECT_EQ(recovered.Grow({&leaf, 1}).head(), tree_.Grow({&leaf, 1}).head());
  }
}

TEST_F(TileTreeTest, GrowthThatIsNotAdoptedLeavesNoTrace) {
  Grow(300);
  const TreeHead before = tree_.head();
  const std::vector<Sha256Digest> leaves(1'000, LeafHash("lost"));
  EXPECT_NE(tree_.Grow(leaves).head(), before);
  EXPECT_EQ(tree_.head(), before);
  Grow(1'000);
  ExpectSameProofs(tree_, 60);
}

TEST_F(TileTreeTest, ServesTilesFullAndPartial) {
  Grow(66'000);
  const auto full = tree_.ReadTile({.level = 0, .index = 3}, 256);
  ASSERT_TRUE(full.ok());
  EXPECT_EQ(full->size(), size_t{kTileBytes});
  const Sha256Digest leaf = LeafHash(std::to_string(3 * 256 + 1));
  EXPECT_EQ(full->substr(32, 32), std::string(leaf.begin(), leaf.end()));
  // 66,000 leaves are 257 full tiles and 208 more leaves; of the level above,
  // one full tile and one hash.
  EXPECT_EQ(tree_.ReadTile({.level = 0, .index = 257}, 208)->size(),
            size_t{208 * 32});
  EXPECT_EQ(tree_.ReadTile({.level = 1, .index = 1}, 1)->size(), 32u);
  EXPECT_EQ(tree_.ReadTile({.level = 2, .index = 0}, 1)->size(), 32u);
  for (const auto& [tile, width] : {std::pair(TileId{0, 257}, 209),
                                    {TileId{0, 258}, 1},
                                    {TileId{1, 1}, 2},
                                    {TileId{2, 0}, 2},
                                    {TileId{3, 0}, 1},
                                    {TileId{-1, 0}, 1},
                                    {TileId{99, 0}, 1},
                                    {TileId{0, -1}, 1},
                                    {TileId{0, 0}, 0},
                                    {TileId{0, 0}, 257},
                                    {TileId{0, INT64_MAX}, 1}}) {
    EXPECT_EQ(tree_.ReadTile(tile, width).status().code(),
              absl::StatusCode::kOutOfRange)
        << tile.level << " " << tile.index << " " << width;
  }
}

TEST_F(TileTreeTest, AMissingOrShortTileIsDataLoss) {
  Grow(1'000);
  std::string& tile = stored_.tiles[{0, 1}];
  const std::string whole = tile;
  tile.pop_back();
  EXPECT_EQ(InclusionProof(tree_, 300, 1'000).status().code(),
            absl::StatusCode::kDataLoss);
  stored_.tiles.erase({0, 1});
  EXPECT_EQ(InclusionProof(tree_, 300, 1'000).status().code(),
            absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace tally
