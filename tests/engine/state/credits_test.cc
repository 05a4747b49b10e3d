#include "engine/state/credits.h"

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tally {
namespace {

constexpr SchemeIndex kScheme(0);
constexpr ProductIndex kProduct(0);
constexpr PartyIndex kMiller(0);
constexpr PartyIndex kBrand(1);
const Date kIssued = Date::FromCivil(2024, 3, 1);
const Date kSold = Date::FromCivil(2024, 4, 1);

Block MakeBlock(int year, int64_t count) {
  return {
      .scheme = kScheme,
      .product = kProduct,
      .issuer = kMiller,
      .vintage = {Date::FromCivil(year, 1, 1), Date::FromCivil(year, 12, 31)},
      .issued_on = kIssued,
      .unit = Quantity(1),
      .count = count};
}

using Runs = std::map<int64_t, Block::Run>;

Runs RunsOf(const Credits& credits, BlockIndex block) {
  const auto& runs = credits.at(block).runs;
  return {runs.begin(), runs.end()};
}

// The held serials as block, first and last, in the order of their use.
std::vector<std::vector<int64_t>> HeldBy(const Credits& credits,
                                         PartyIndex party) {
  std::vector<std::vector<int64_t>> serials;
  const Held* held = credits.HeldBy({party, kScheme, kProduct});
  if (held == nullptr) return serials;
  for (const auto& [key, to] : *held) {
    serials.push_back({key.block.value(), key.from, to});
  }
  return serials;
}

SerialMove SellTo(PartyIndex buyer, const Serials& serials) {
  return {.serials = serials, .after = {.holder = buyer, .since = kSold}};
}

TEST(CreditsTest, ANewBlockIsOneRunOfItsHolder) {
  Credits credits;
  const BlockIndex block = credits.Add("B1", MakeBlock(2024, 100), kMiller);
  EXPECT_EQ(credits.Find("B1"), block);
  EXPECT_EQ(credits.NameOf(block), "B1");
  const auto [from, run] = credits.RunAt(block, 57);
  EXPECT_EQ(from, 1);
  EXPECT_EQ(run->to, 100);
  EXPECT_EQ(run->status, (SerialStatus{.holder = kMiller, .since = kIssued}));
}

TEST(CreditsTest, AMoveCutsTheRunAndItsInverseLeavesNoTrace) {
  Credits credits;
  const BlockIndex block = credits.Add("B1", MakeBlock(2024, 100), kMiller);
  const Runs before = RunsOf(credits, block);
  const SerialMove back = credits.Move(SellTo(kBrand, {block, 40, 60}));
  EXPECT_THAT(HeldBy(credits, kMiller),
              testing::ElementsAre(testing::ElementsAre(0, 1, 39),
                                   testing::ElementsAre(0, 61, 100)));
  EXPECT_THAT(HeldBy(credits, kBrand),
              testing::ElementsAre(testing::ElementsAre(0, 40, 60)));
  credits.MoveBack(back);
  EXPECT_EQ(RunsOf(credits, block), before);
  EXPECT_TRUE(credits.at(block).moves.empty());
  EXPECT_EQ(credits.HeldBy({kBrand, kScheme, kProduct}), nullptr);
}

TEST(CreditsTest, NeighboursThatAreAlikeAreOneRun) {
  Credits credits;
  const BlockIndex block = credits.Add("B1", MakeBlock(2024, 100), kMiller);
  credits.Move(SellTo(kBrand, {block, 1, 10}));
  credits.Move(SellTo(kBrand, {block, 21, 30}));
  credits.Move(SellTo(kBrand, {block, 11, 20}));
  EXPECT_THAT(HeldBy(credits, kBrand),
              testing::ElementsAre(testing::ElementsAre(0, 1, 30)));
}

TEST(CreditsTest, RunsAreKnownAsAtEveryDate) {
  Credits credits;
  const BlockIndex block = credits.Add("B1", MakeBlock(2024, 100), kMiller);
  const Date redeemed = Date::FromCivil(2024, 5, 1);
  credits.Move(SellTo(kBrand, {block, 1, 40}));
  credits.Move({.serials = {block, 11, 20},
                .after = {.holder = kBrand,
                          .state = SerialState::kRetired,
                          .since = redeemed}});
  // Posted last, and dated before the retirement.
  credits.Move(SellTo(kBrand, {block, 41, 50}));
  const auto as_at = [&](Date date) {
    std::vector<std::vector<int64_t>> runs;
    for (const auto& [from, run] : credits.at(block).RunsAsAt(date)) {
      runs.push_back({from, run.to, run.status.holder.value(),
                      static_cast<int>(run.status.state)});
    }
    return runs;
  };
  using testing::ElementsAre;
  EXPECT_THAT(as_at(kIssued.AddDays(-1)), ElementsAre());
  EXPECT_THAT(as_at(kIssued), ElementsAre(ElementsAre(1, 100, 0, 0)));
  EXPECT_THAT(as_at(kSold), ElementsAre(ElementsAre(1, 50, 1, 0),
                                        ElementsAre(51, 100, 0, 0)));
  EXPECT_THAT(
      as_at(redeemed),
      ElementsAre(ElementsAre(1, 10, 1, 0), ElementsAre(11, 20, 1, 1),
                  ElementsAre(21, 50, 1, 0), ElementsAre(51, 100, 0, 0)));
}

TEST(CreditsTest, ABlockOfEverySerialThereIsHasRunsToTheEnd) {
  Credits credits;
  const BlockIndex block =
      credits.Add("B1", MakeBlock(2024, INT64_MAX), kMiller);
  credits.Move(SellTo(kBrand, {block, INT64_MAX, INT64_MAX}));
  credits.Move(SellTo(kBrand, {block, 1, INT64_MAX - 1}));
  EXPECT_THAT(HeldBy(credits, kBrand),
              testing::ElementsAre(testing::ElementsAre(0, 1, INT64_MAX)));
}

TEST(CreditsTest, TheOldestVintageComesFirstThenTheOrderOfIssue) {
  Credits credits;
  credits.Add("young", MakeBlock(2025, 5), kMiller);
  credits.Add("old", MakeBlock(2024, 5), kMiller);
  credits.Add("young too", MakeBlock(2025, 5), kMiller);
  EXPECT_THAT(HeldBy(credits, kMiller),
              testing::ElementsAre(testing::ElementsAre(1, 1, 5),
                                   testing::ElementsAre(0, 1, 5),
                                   testing::ElementsAre(2, 1, 5)));
}

TEST(CreditsTest, PartsAreNotHeldUnnamed) {
  Credits credits;
  const BlockIndex whole = credits.Add("S", MakeBlock(2024, 5), kMiller);
  Block part = MakeBlock(2024, 5);
  part.unbundled_from = whole;
  credits.Add("S/A", part, kBrand);
  EXPECT_EQ(credits.HeldBy({kBrand, kScheme, kProduct}), nullptr);
}

TEST(CreditsTest, EvidenceIsUsedUntilItsBlockIsTakenBack) {
  Credits credits;
  Block block = MakeBlock(2024, 5);
  block.evidence = "METER-7";
  credits.Add("B1", block, kMiller);
  EXPECT_TRUE(credits.EvidenceUsed("METER-7"));
  credits.RemoveLast();
  EXPECT_FALSE(credits.EvidenceUsed("METER-7"));
  EXPECT_FALSE(credits.Find("B1").valid());
}

// A ledger of serials that is slow and obvious: one status a serial.
class CreditsPropertyTest : public testing::Test {
 protected:
  static constexpr int64_t kCount = 40;
  static constexpr int kBlocks = 3;

  void SetUp() override {
    for (int i = 0; i < kBlocks; ++i) {
      const BlockIndex block = credits_.Add(
          "B" + std::to_string(i), MakeBlock(2026 - i, kCount), kMiller);
      const SerialStatus issued{.holder = kMiller, .since = kIssued};
      model_[block] = std::vector<SerialStatus>(kCount, issued);
    }
  }

  int64_t Any(int64_t least, int64_t greatest) {
    return std::uniform_int_distribution<int64_t>(least, greatest)(random_);
  }

  SerialMove AnyMove() {
    const BlockIndex block(static_cast<int32_t>(Any(0, kBlocks - 1)));
    const auto [from, run] = credits_.RunAt(block, Any(1, kCount));
    const int64_t first = Any(from, run->to);
    return {.serials = {block, first, Any(first, run->to)},
            .after = {.holder = PartyIndex(static_cast<int32_t>(Any(0, 2))),
                      .state = static_cast<SerialState>(Any(0, 3)),
                      .since = kIssued.AddDays(static_cast<int32_t>(Any(0, 1))),
                      .redemption = Any(-1, 1)}};
  }

  void MoveInModel(const SerialMove& move) {
    for (int64_t i = move.serials.from; i <= move.serials.to; ++i) {
      model_[move.serials.block][static_cast<size_t>(i - 1)] = move.after;
    }
  }

  void CheckRuns(BlockIndex block) {
    int64_t next = 1;
    const SerialStatus* left = nullptr;
    for (const auto& [from, run] : credits_.at(block).runs) {
      ASSERT_EQ(from, next);
      ASSERT_GE(run.to, from);
      for (int64_t i = from; i <= run.to; ++i) {
        ASSERT_EQ(run.status, model_[block][static_cast<size_t>(i - 1)]);
      }
      if (left != nullptr) ASSERT_NE(*left, run.status);
      left = &run.status;
      next = run.to + 1;
    }
    ASSERT_EQ(next, kCount + 1);
  }

  // HeldBy() is the issued runs of all blocks, and nothing else.
  void CheckHeld() {
    std::map<PartyIndex, std::vector<std::vector<int64_t>>> held;
    for (int i = kBlocks; i-- > 0;) {
      const BlockIndex block(i);
      for (const auto& [from, run] : credits_.at(block).runs) {
        if (run.status.state != SerialState::kIssued) continue;
        held[run.status.holder].push_back({i, from, run.to});
      }
    }
    for (int party = 0; party < 3; ++party) {
      ASSERT_EQ(HeldBy(credits_, PartyIndex(party)), held[PartyIndex(party)]);
    }
  }

  void CheckAll() {
    for (int i = 0; i < kBlocks; ++i) CheckRuns(BlockIndex(i));
    CheckHeld();
  }

  std::mt19937_64 random_;
  Credits credits_;
  std::map<BlockIndex, std::vector<SerialStatus>> model_;
};

TEST_F(CreditsPropertyTest, RunsPartitionTheBlockAndUndoRestoresThem) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  random_.seed(seed);
  std::vector<SerialMove> undo;
  for (int step = 0; step < 2'000; ++step) {
    if (!undo.empty() && Any(0, 2) == 0) {
      MoveInModel(undo.back());
      credits_.Move(undo.back());
      undo.pop_back();
    } else {
      const SerialMove move = AnyMove();
      undo.push_back(credits_.Move(move));
      MoveInModel(move);
    }
    ASSERT_NO_FATAL_FAILURE(CheckAll());
  }
  for (; !undo.empty(); undo.pop_back()) credits_.Move(undo.back());
  for (int i = 0; i < kBlocks; ++i) {
    EXPECT_EQ(credits_.at(BlockIndex(i)).runs.size(), 1);
  }
  for (int i = 0; i < kBlocks; ++i) credits_.RemoveLast();
  EXPECT_EQ(credits_.size(), 0);
  EXPECT_EQ(credits_.HeldBy({kMiller, kScheme, kProduct}), nullptr);
}

}  // namespace
}  // namespace tally
