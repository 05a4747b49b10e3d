// Where lots come from and where they go.

#include <gmock/gmock.h>

#include "engine/ledger/trace_queries.h"
#include "tests/engine/ledger/ledger_fixture.h"

namespace tally {
namespace {

using testing::ElementsAre;

constexpr ClaimName kSegregated{.scheme = "s", .model = Model::kSegregated};

class TraceTest : public LedgerFixture {
 protected:
  TraceTest() {
    Open();
    AddWorld({"mill"});
  }

  void Given(std::string_view lot, std::string_view supplier,
             std::string_view quantity) {
    const Outcome outcome = PostOne(lot, Receive{.site = "mill",
                                                 .product = "oil",
                                                 .quantity = Dec(quantity),
                                                 .claim = kSegregated,
                                                 .supplier = supplier,
                                                 .lot = lot});
    ASSERT_TRUE(outcome.accepted()) << outcome.refusal->message;
  }

  struct Part {
    std::string_view lot;
    std::string_view quantity;
  };
  // Puts the inputs together and makes the outputs of them.
  void Process(std::string_view name, std::initializer_list<Part> inputs,
               std::initializer_list<Part> outputs) {
    BatchOf batch;
    Arena& arena = batch.batch()->arena;
    const std::span<ProcessInput> in =
        arena.NewArray<ProcessInput>(inputs.size());
    size_t i = 0;
    for (const Part& input : inputs) {
      in[i++] = {.product = "oil",
                 .quantity = Dec(input.quantity),
                 .claim = kSegregated,
                 .lot = input.lot};
    }
    const std::span<ProcessOutput> out =
        arena.NewArray<ProcessOutput>(outputs.size());
    i = 0;
    for (const Part& output : outputs) {
      out[i++] = {.product = "oil",
                  .quantity = Dec(output.quantity),
                  .claim = kSegregated,
                  .lot = output.lot};
    }
    batch.Add(
        name,
        tally::Process{
            .site = "mill", .process = "mixing", .inputs = in, .outputs = out});
    const Outcome outcome = OnlyOutcome(Post(batch));
    ASSERT_TRUE(outcome.accepted()) << outcome.refusal->message;
  }

  TraceAnswer Trace(std::string_view lot, TraceDirection direction,
                    int32_t max_depth = kTraceDepthMax) {
    absl::StatusOr<TraceAnswer> answer = TraceLot(
        *ledger_, {.lot = lot, .direction = direction, .max_depth = max_depth});
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *std::move(answer) : TraceAnswer();
  }

  static std::vector<std::string> Shares(const TraceAnswer& answer) {
    std::vector<std::string> shares;
    for (const TraceShare& share : answer.shares) {
      shares.push_back(share.name + " " + share.quantity.ToString());
    }
    return shares;
  }
  static std::vector<std::string> Steps(const TraceAnswer& answer) {
    std::vector<std::string> steps;
    for (const TraceStep& step : answer.steps) {
      steps.push_back(std::to_string(step.depth) + " " + step.lot.lot + " " +
                      step.quantity.ToString());
    }
    return steps;
  }
};

TEST_F(TraceTest, SharesFollowTheInputs) {
  Given("L1", "mine-a", "60");
  Given("L2", "mine-b", "40");
  Process("p1", {{"L1", "60"}, {"L2", "40"}}, {{"L3", "100"}});

  const TraceAnswer up = Trace("L3", TraceDirection::kUpstream);

  EXPECT_THAT(Shares(up), ElementsAre("mine-a 60", "mine-b 40"));
  EXPECT_THAT(Steps(up), ElementsAre("0 L3 100", "1 L1 60", "1 L2 40"));
  EXPECT_FALSE(up.truncated);
}

TEST_F(TraceTest, ADiamondIsCountedOnce) {
  Given("L1", "mine-a", "90");
  Given("L2", "mine-b", "10");
  Process("split", {{"L1", "90"}}, {{"L3", "30"}, {"L4", "60"}});
  Process("join", {{"L3", "30"}, {"L4", "60"}, {"L2", "10"}}, {{"L5", "100"}});

  const TraceAnswer up = Trace("L5", TraceDirection::kUpstream);
  EXPECT_THAT(Shares(up), ElementsAre("mine-a 90", "mine-b 10"));
  EXPECT_THAT(Steps(up), ElementsAre("0 L5 100", "1 L2 10", "1 L3 30",
                                     "1 L4 60", "2 L1 90"));

  const TraceAnswer down = Trace("L1", TraceDirection::kDownstream);
  EXPECT_THAT(Steps(down),
              ElementsAre("0 L1 90", "1 L3 30", "1 L4 60", "2 L5 90"));
  EXPECT_THAT(Shares(down), ElementsAre("miller 90"));
}

TEST_F(TraceTest, RemaindersMakeTheSharesSumToTheLot) {
  Given("L1", "mine-a", "1");
  Given("L2", "mine-b", "1");
  Given("L3", "mine-c", "1");
  Process("p1", {{"L1", "1"}, {"L2", "1"}, {"L3", "1"}}, {{"L4", "3"}});
  Process("p2", {{"L4", "2"}}, {{"L5", "2"}});

  EXPECT_THAT(Shares(Trace("L5", TraceDirection::kUpstream)),
              ElementsAre("mine-a 1", "mine-b 1", "mine-c 0"));
}

TEST_F(TraceTest, DownstreamEndsWithWhoConsumedOrReceivedOrHoldsIt) {
  Given("L1", "mine-a", "100");
  Process("p1", {{"L1", "80"}}, {{"L2", "80"}});
  ASSERT_TRUE(PostOne("c1", Consume{.site = "mill",
                                    .product = "oil",
                                    .quantity = Dec("30"),
                                    .claim = kSegregated,
                                    .lot = "L2",
                                    .beneficiary = "baker"})
                  .accepted());
  BatchOf batch;
  const std::span<ShipLine> lines = batch.batch()->arena.NewArray<ShipLine>(1);
  lines.front() = {.product = "oil",
                   .quantity = Dec("35"),
                   .claim = kSegregated,
                   .lot = "L2"};
  batch.Add("s1", Ship{.shipment = "S1",
                       .from_site = "mill",
                       .to_external = "abroad",
                       .lines = lines});
  ASSERT_TRUE(OnlyOutcome(Post(batch)).accepted());

  EXPECT_THAT(Shares(Trace("L1", TraceDirection::kDownstream)),
              ElementsAre("abroad 35", "miller 35", "baker 30"));
}

TEST_F(TraceTest, AWalkIsBoundedAndSaysSo) {
  Given("L0", "mine-a", "10");
  for (int i = 1; i <= 20; ++i) {
    const std::string from = "L" + std::to_string(i - 1);
    const std::string to = "L" + std::to_string(i);
    Process("p" + std::to_string(i), {{from, "10"}}, {{to, "10"}});
  }

  const TraceAnswer whole = Trace("L20", TraceDirection::kUpstream);
  EXPECT_EQ(whole.steps.size(), 21U);
  EXPECT_FALSE(whole.truncated);
  EXPECT_THAT(Shares(whole), ElementsAre("mine-a 10"));

  const TraceAnswer part = Trace("L20", TraceDirection::kUpstream, 5);
  EXPECT_EQ(part.steps.size(), 6U);
  EXPECT_TRUE(part.truncated);
}

TEST_F(TraceTest, StepsComeInPages) {
  Given("L0", "mine-a", "10");
  for (int i = 1; i <= 5; ++i) {
    const std::string from = "L" + std::to_string(i - 1);
    const std::string to = "L" + std::to_string(i);
    Process("p" + std::to_string(i), {{from, "10"}}, {{to, "10"}});
  }
  std::vector<std::string> seen;
  std::string next;
  do {
    const auto answer =
        TraceLot(*ledger_, {.lot = "L5", .page = {.size = 2, .after = next}});
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->share_count, 1);
    EXPECT_EQ(answer->shares.empty(), !next.empty());
    for (const TraceStep& step : answer->steps) seen.push_back(step.lot.lot);
    next = answer->next;
  } while (!next.empty());
  EXPECT_THAT(seen, ElementsAre("L5", "L4", "L3", "L2", "L1", "L0"));
}

TEST_F(TraceTest, UnknownLotsAreNotFound) {
  EXPECT_TRUE(absl::IsNotFound(TraceLot(*ledger_, {.lot = "L"}).status()));
}

}  // namespace
}  // namespace tally
