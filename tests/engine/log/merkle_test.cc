#include "engine/log/merkle.h"

#include <random>
#include <string>
#include <vector>

#include "engine/log/merkle_proof.h"
#include "gtest/gtest.h"
#include "tests/engine/log/plain_tree.h"
#include "tests/engine/log/test_vectors.h"

namespace tally {
namespace {

// The SHA-256 of a proof's hashes, as the vectors have it.
std::string Fingerprint(const Proof& proof) {
  std::string bytes;
  for (const Sha256Digest& hash : proof) {
    bytes.append(reinterpret_cast<const char*>(hash.data()), hash.size());
  }
  return ToHex(Sha256(bytes));
}

const PlainTree& VectorTree() {
  static const PlainTree* tree = [] {
    auto* made = new PlainTree;
    for (int i = 0; i < 70'000; ++i) made->Append(std::to_string(i));
    return made;
  }();
  return *tree;
}

TEST(MerkleTest, RootsOfTheEightLeavesOfRfc6962) {
  const std::string leaves[] = {"",
                                "00",
                                "10",
                                "2021",
                                "3031",
                                "40414243",
                                "5051525354555657",
                                "606162636465666768696a6b6c6d6e6f"};
  const auto roots = ReadVectors("merkle.txt", "rfc_root");
  ASSERT_EQ(roots.size(), 9u);
  MerkleFrontier tree;
  EXPECT_EQ(ToHex(tree.Root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(ToHex(tree.Root()), roots[i][2]);
    tree.Append(LeafHash(FromHex(leaves[i])));
  }
  EXPECT_EQ(ToHex(tree.Root()), roots[8][2]);
  EXPECT_EQ(ToHex(tree.Root()),
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(MerkleTest, RootsAreThoseOfTheVectors) {
  for (const auto& line : ReadVectors("merkle.txt", "root")) {
    const auto root = RootAt(VectorTree(), std::stoll(line[1]));
    ASSERT_TRUE(root.ok()) << root.status().ToString();
    EXPECT_EQ(ToHex(*root), line[2]) << line[1];
  }
}

TEST(MerkleTest, InclusionProofsAreThoseOfTheVectorsAndHold) {
  for (const auto& line : ReadVectors("merkle.txt", "path")) {
    const int64_t index = std::stoll(line[1]);
    const int64_t size = std::stoll(line[2]);
    const auto proof = InclusionProof(VectorTree(), index, size);
    ASSERT_TRUE(proof.ok()) << proof.status().ToString();
    EXPECT_EQ(std::to_string(proof->size()), line[3]);
    EXPECT_EQ(Fingerprint(*proof), line[4]) << index << " of " << size;
    EXPECT_TRUE(
        VerifyInclusion(LeafHash(line[1]), index, *proof,
                        {.size = size, .root = *RootAt(VectorTree(), size)}));
  }
}

TEST(MerkleTest, ConsistencyProofsAreThoseOfTheVectorsAndHold) {
  for (const auto& line : ReadVectors("merkle.txt", "consistency")) {
    const int64_t old_size = std::stoll(line[1]);
    const int64_t new_size = std::stoll(line[2]);
    const auto proof = ConsistencyProof(VectorTree(), old_size, new_size);
    ASSERT_TRUE(proof.ok()) << proof.status().ToString();
    EXPECT_EQ(std::to_string(proof->size()), line[3]);
    EXPECT_EQ(Fingerprint(*proof), line[4]) << old_size << " to " << new_size;
    EXPECT_TRUE(VerifyConsistency(
        {.size = old_size, .root = *RootAt(VectorTree(), old_size)},
        {.size = new_size, .root = *RootAt(VectorTree(), new_size)}, *proof));
  }
}

// Everything that can be altered in a proof that holds, is.
TEST(MerkleTest, NoAlteredInclusionProofHolds) {
  for (int64_t size = 1; size <= 20; ++size) {
    const TreeHead head{.size = size, .root = *RootAt(VectorTree(), size)};
    for (int64_t index = 0; index < size; ++index) {
      const Sha256Digest leaf = LeafHash(std::to_string(index));
      const Proof proof = *InclusionProof(VectorTree(), index, size);
      EXPECT_TRUE(VerifyInclusion(leaf, index, proof, head));
      EXPECT_FALSE(VerifyInclusion(LeafHash("x"), index, proof, head));
      for (int64_t other = -1; other <= size; ++other) {
        if (other == index) continue;
        EXPECT_FALSE(VerifyInclusion(leaf, other, proof, head));
      }
      for (size_t i = 0; i < proof.size(); ++i) {
        Proof altered = proof;
        altered[i][7] ^= 1;
        EXPECT_FALSE(VerifyInclusion(leaf, index, altered, head));
        altered = proof;
        altered.erase(altered.begin() + static_cast<int>(i));
        EXPECT_FALSE(VerifyInclusion(leaf, index, altered, head));
      }
      Proof longer = proof;
      longer.push_back(leaf);
      EXPECT_FALSE(VerifyInclusion(leaf, index, longer, head));
      EXPECT_FALSE(VerifyInclusion(leaf, index, proof,
                                   {.size = size, .root = EmptyRoot()}));
    }
  }
}

TEST(MerkleTest, NoAlteredConsistencyProofHolds) {
  for (int64_t new_size = 1; new_size <= 20; ++new_size) {
    const TreeHead new_head{.size = new_size,
                            .root = *RootAt(VectorTree(), new_size)};
    for (int64_t old_size = 1; old_size < new_size; ++old_size) {
      const TreeHead old_head{.size = old_size,
                              .root = *RootAt(VectorTree(), old_size)};
      const Proof proof = *ConsistencyProof(VectorTree(), old_size, new_size);
      EXPECT_TRUE(VerifyConsistency(old_head, new_head, proof));
      EXPECT_FALSE(VerifyConsistency(new_head, old_head, proof));
      EXPECT_FALSE(VerifyConsistency({.size = old_size, .root = new_head.root},
                                     new_head, proof));
      EXPECT_FALSE(VerifyConsistency(
          old_head, {.size = new_size, .root = old_head.root}, proof));
      for (size_t i = 0; i < proof.size(); ++i) {
        Proof altered = proof;
        altered[i][31] ^= 0x80;
        EXPECT_FALSE(VerifyConsistency(old_head, new_head, altered));
        altered = proof;
        altered.erase(altered.begin() + static_cast<int>(i));
        EXPECT_FALSE(VerifyConsistency(old_head, new_head, altered));
      }
      Proof longer = proof;
      longer.push_back(new_head.root);
      EXPECT_FALSE(VerifyConsistency(old_head, new_head, longer));
    }
  }
}

TEST(MerkleTest, ConsistencyWithTheEmptyTreeAndWithItself) {
  const TreeHead empty{.size = 0, .root = EmptyRoot()};
  const TreeHead seven{.size = 7, .root = *RootAt(VectorTree(), 7)};
  EXPECT_TRUE(VerifyConsistency(empty, seven, {}));
  EXPECT_TRUE(VerifyConsistency(seven, seven, {}));
  EXPECT_TRUE(ConsistencyProof(VectorTree(), 0, 7)->empty());
  EXPECT_TRUE(ConsistencyProof(VectorTree(), 7, 7)->empty());
  EXPECT_FALSE(VerifyConsistency({.size = 0, .root = seven.root}, seven, {}));
  EXPECT_FALSE(VerifyConsistency(seven, {.size = 7, .root = EmptyRoot()}, {}));
}

TEST(MerkleTest, QuestionsBeyondTheTreeAreOutOfRange) {
  const PlainTree& tree = VectorTree();
  const int64_t size = tree.size();
  for (const absl::Status& status :
       {RootAt(tree, size + 1).status(), RootAt(tree, -1).status(),
        InclusionProof(tree, 5, 5).status(),
        InclusionProof(tree, -1, 5).status(),
        InclusionProof(tree, 0, size + 1).status(),
        ConsistencyProof(tree, 6, 5).status(),
        ConsistencyProof(tree, -1, 5).status(),
        ConsistencyProof(tree, 5, size + 1).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange)
        << status.ToString();
  }
}

TEST(MerkleTest, AFrontierIsPutBackFromItsSubtrees) {
  for (int64_t size = 0; size < 100; ++size) {
    MerkleFrontier tree;
    for (int height = 6; height >= 0; --height) {
      if ((size >> height & 1) == 0) continue;
      const int64_t first = size >> (height + 1) << (height + 1);
      tree.AddSubtree(height, *VectorTree().Read({.height = height,
                                                  .index = first >> height}));
    }
    EXPECT_EQ(tree.size(), size);
    EXPECT_EQ(tree.Root(), *RootAt(VectorTree(), size));
    tree.Append(LeafHash(std::to_string(size)));
    EXPECT_EQ(tree.Root(), *RootAt(VectorTree(), size + 1));
  }
}

}  // namespace
}  // namespace tally
