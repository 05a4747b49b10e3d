// What becomes of a batch: once or never, wholly or event by event, and as if
// it had never been.

#include <gmock/gmock.h>

#include "engine/ledger/event_queries.h"
#include "engine/ledger/registry_queries.h"
#include "engine/ledger/retry_hint.h"
#include "engine/ledger/shipment_queries.h"
#include "tests/engine/ledger/ledger_fixture.h"

namespace tally {
namespace {

class PostingTest : public LedgerFixture {
 protected:
  PostingTest() {
    Open({.allow_recorded_at = true});
    AddWorld({"mill", "shop"});
    first_ = ledger_->standing().as_of + 1;
  }

  Position first_ = 0;  // of what a test posts
};

TEST_F(PostingTest, AcceptedEventsGetPositionsWithoutGaps) {
  BatchOf batch;
  batch.Add("r1", OilIn("mill", "100"));
  batch.Add("bad", OilIn("nowhere", "100"));
  batch.Add("r2", OilIn("mill", "20"));

  const BatchResult result = Post(batch);

  ASSERT_TRUE(result.status.ok()) << result.status;
  EXPECT_EQ(result.outcomes[0].position, first_);
  EXPECT_EQ(result.outcomes[1].code, Code::kUnknownSite);
  EXPECT_EQ(result.outcomes[1].position, -1);
  EXPECT_EQ(result.outcomes[2].position, first_ + 1);
  EXPECT_EQ(result.standing.as_of, first_ + 1);
  EXPECT_EQ(result.standing.tree_size(), first_ + 2);
  EXPECT_EQ(OilAt("mill"), "120");
}

TEST_F(PostingTest, TheSameEventTwiceCountsOnceAndAnswersTheSame) {
  const Outcome first = PostOne("r1", OilIn("mill", "100"));
  clock_.Set(Instant(Day("2025-02-02")));

  const Outcome second = PostOne("r1", OilIn("mill", "100"));

  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(second.repeated);
  EXPECT_EQ(second.code, Code::kAccepted);
  EXPECT_EQ(second.position, first.position);
  EXPECT_EQ(second.recorded_at, first.recorded_at);
  EXPECT_EQ(second.decision, first.decision);
  EXPECT_EQ(OilAt("mill"), "100");
}

TEST_F(PostingTest, TheSameEventTwiceInOneBatchCountsOnce) {
  BatchOf batch;
  batch.Add("r1", OilIn("mill", "100"));
  batch.Add("r1", OilIn("mill", "100"));

  const BatchResult result = Post(batch);

  EXPECT_EQ(result.outcomes[0].position, first_);
  EXPECT_EQ(result.outcomes[1].position, first_);
  EXPECT_TRUE(result.outcomes[1].repeated);
  EXPECT_EQ(result.outcomes[1].recorded_at, result.outcomes[0].recorded_at);
  EXPECT_EQ(OilAt("mill"), "100");
}

TEST_F(PostingTest, AnIdWithOtherContentIsRefused) {
  PostOne("r1", OilIn("mill", "100"));

  EXPECT_EQ(PostOne("r1", OilIn("mill", "101")).code, Code::kIdReused);
  EXPECT_EQ(PostOne("r1", OilIn("nowhere", "1")).code, Code::kUnknownSite);
  EXPECT_EQ(OilAt("mill"), "100");
}

TEST_F(PostingTest, ARefusedEventConsumesNothingItsIdIncluded) {
  EXPECT_EQ(ShipOil("S1", "mill", "10"), Code::kInsufficient);
  EXPECT_EQ(ledger_->standing().as_of, first_ - 1);

  PostOne("r1", OilIn("mill", "10"));

  EXPECT_EQ(ShipOil("S1", "mill", "10"), Code::kAccepted);
  EXPECT_EQ(OilAt("mill"), "0");
}

TEST_F(PostingTest, EachEventSeesTheOnesBefore) {
  BatchOf batch;
  batch.Add("s0", OilOut(batch.batch(), "S0", "mill", "10"));
  batch.Add("r1", OilIn("mill", "10"));
  batch.Add("s1", OilOut(batch.batch(), "S1", "mill", "10"));
  batch.Add("s2", OilOut(batch.batch(), "S2", "mill", "1"));

  const BatchResult result = Post(batch);

  EXPECT_EQ(result.outcomes[0].code, Code::kInsufficient);
  EXPECT_EQ(result.outcomes[1].code, Code::kAccepted);
  EXPECT_EQ(result.outcomes[2].code, Code::kAccepted);
  EXPECT_EQ(result.outcomes[3].code, Code::kInsufficient);
}

TEST_F(PostingTest, AllOrNoneTakesEverythingBack) {
  PostOne("r1", OilIn("mill", "10"));
  const Position before = ledger_->standing().as_of;
  BatchOf batch;
  batch.AllOrNone();
  batch.Add("site", RegisterSite{.site = "new", .party = "miller"});
  batch.Add("r2", OilIn("new", "5"));
  batch.Add("s1", OilOut(batch.batch(), "S1", "mill", "8"));
  batch.Add("s2", OilOut(batch.batch(), "S2", "mill", "8"));
  batch.Add("s3", OilOut(batch.batch(), "S3", "mill", "1"));

  const BatchResult result = Post(batch);

  ASSERT_TRUE(result.status.ok());
  for (const size_t other : {0, 1, 2, 4}) {
    EXPECT_EQ(result.outcomes[other].code, Code::kBatchRefused);
    EXPECT_EQ(result.outcomes[other].position, -1);
  }
  EXPECT_EQ(result.outcomes[3].code, Code::kInsufficient);
  EXPECT_EQ(ledger_->standing().as_of, before);
  EXPECT_EQ(OilAt("mill"), "10");
  EXPECT_TRUE(absl::IsNotFound(GetSite(*ledger_, "new").status()));
  EXPECT_TRUE(absl::IsNotFound(GetShipment(*ledger_, "S1").status()));

  // What was taken back can be posted again, ids included.
  EXPECT_EQ(ShipOil("S1", "mill", "10"), Code::kAccepted);
}

TEST_F(PostingTest, AllOrNoneIsAcceptedAsAWhole) {
  BatchOf batch;
  batch.AllOrNone();
  batch.Add("r1", OilIn("mill", "10"));
  batch.Add("s1", OilOut(batch.batch(), "S1", "mill", "10"));

  const BatchResult result = Post(batch);

  EXPECT_EQ(result.outcomes[0].position, first_);
  EXPECT_EQ(result.outcomes[1].position, first_ + 1);
  EXPECT_EQ(OilAt("mill"), "0");
}

TEST_F(PostingTest, ARepeatedAllOrNoneBatchAnswersAsBefore) {
  const auto post = [this] {
    BatchOf batch;
    batch.AllOrNone();
    batch.Add("r1", OilIn("mill", "10"));
    batch.Add("s1", OilOut(batch.batch(), "S1", "mill", "10"));
    return Post(batch);
  };
  post();

  const BatchResult again = post();

  EXPECT_TRUE(again.outcomes[0].repeated);
  EXPECT_TRUE(again.outcomes[1].repeated);
  EXPECT_EQ(again.outcomes[1].position, first_ + 1);
  EXPECT_EQ(OilAt("mill"), "0");
}

TEST_F(PostingTest, ValidateOnlyAnswersWhatWouldBeAndChangesNothing) {
  const auto fill = [](BatchOf& batch) {
    batch.Add("r1", OilIn("mill", "10"));
    batch.Add("r1", OilIn("mill", "10"));
    batch.Add("s1", OilOut(batch.batch(), "S1", "mill", "10"));
    batch.Add("s2", OilOut(batch.batch(), "S2", "mill", "1"));
  };
  BatchOf judged;
  judged.ValidateOnly().WantBalances();
  fill(judged);

  const BatchResult result = Post(judged);

  EXPECT_EQ(result.outcomes[0].code, Code::kAccepted);
  EXPECT_EQ(result.outcomes[0].position, -1);
  EXPECT_TRUE(result.outcomes[1].repeated);
  EXPECT_EQ(result.outcomes[1].position, -1);
  EXPECT_EQ(result.outcomes[2].code, Code::kAccepted);
  ASSERT_EQ(result.outcomes[2].balances.size(), 1U);
  EXPECT_EQ(result.outcomes[2].balances[0].balance.ToString(), "0");
  EXPECT_EQ(result.outcomes[3].code, Code::kInsufficient);
  EXPECT_EQ(ledger_->standing().as_of, first_ - 1);
  EXPECT_EQ(OilAt("mill"), "0");

  BatchOf posted;
  fill(posted);
  const BatchResult after = Post(posted);
  EXPECT_EQ(after.outcomes[0].position, first_);
  EXPECT_FALSE(after.outcomes[0].repeated);
  EXPECT_EQ(after.outcomes[3].code, Code::kInsufficient);
}

TEST_F(PostingTest, ValidateOnlyRepeatsWhatIsInTheLog) {
  const Outcome first = PostOne("r1", OilIn("mill", "10"));
  BatchOf batch;
  batch.ValidateOnly();
  batch.Add("r1", OilIn("mill", "10"));

  const Outcome again = OnlyOutcome(Post(batch));

  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.position, first.position);
  EXPECT_EQ(again.recorded_at, first.recorded_at);
}

TEST_F(PostingTest, BalancesNameTheAccountsThatChanged) {
  BatchOf batch;
  batch.WantBalances();
  batch.Add("r1", OilIn("mill", "10"));

  const Outcome outcome = OnlyOutcome(Post(batch));

  ASSERT_EQ(outcome.balances.size(), 1U);
  const TouchedBalance& touched = outcome.balances[0];
  EXPECT_EQ(touched.account.term, AccountTerm::kEntitlement);
  EXPECT_EQ(touched.account.party, "miller");
  EXPECT_EQ(touched.account.site, "mill");
  EXPECT_EQ(touched.account.product, "oil");
  EXPECT_THAT(touched.account.claims,
              testing::ElementsAre(NamedClaim{"s", Model::kMassBalance}));
  EXPECT_EQ(touched.delta.ToString(), "10");
  EXPECT_EQ(touched.balance.ToString(), "10");
  EXPECT_EQ(touched.balance.unit, "KGM");
}

TEST_F(PostingTest, RecordedTimesIncreaseThoughTheClockStands) {
  const Outcome first = PostOne("r1", OilIn("mill", "10"));
  clock_.Set(Instant(Day("2024-01-01")));
  const Outcome second = PostOne("r2", OilIn("mill", "10"));

  EXPECT_GT(second.recorded_at, first.recorded_at);
}

TEST_F(PostingTest, ABatchMaySetTheClockWhereTheLedgerAllowsIt) {
  BatchOf batch;
  batch.Add("r1", OilIn("mill", "10")).RecordedAt("2025-06-01");
  const Outcome outcome = OnlyOutcome(Post(batch));
  EXPECT_EQ(outcome.recorded_at, Instant(Day("2025-06-01")));

  Open();
  AddWorld({"mill"});
  BatchOf ignored;
  ignored.Add("r1", OilIn("mill", "10")).RecordedAt("2025-06-01");
  EXPECT_LT(OnlyOutcome(Post(ignored)).recorded_at, Instant(Day("2025-06-01")));
}

TEST_F(PostingTest, ABatchWhoseDeadlinePassedIsNotWritten) {
  BatchOf late;
  late.Add("r1", OilIn("mill", "10")).Deadline(clock_.Now());
  EXPECT_TRUE(absl::IsDeadlineExceeded(Post(late).status));
  EXPECT_EQ(ledger_->standing().as_of, first_ - 1);

  BatchOf timely;
  timely.Add("r1", OilIn("mill", "10"))
      .Deadline(Instant(clock_.Now().micros() + 1));
  EXPECT_TRUE(Post(timely).status.ok());
}

TEST_F(PostingTest, BatchesAreBounded) {
  BatchOf empty;
  EXPECT_TRUE(absl::IsInvalidArgument(Post(empty).status));

  BatchOf full;
  for (int i = 0; i < kEventsPerRequestMax; ++i) {
    full.Add("r" + std::to_string(i), OilIn("mill", "1"));
  }
  EXPECT_TRUE(Post(full).status.ok());
  EXPECT_EQ(OilAt("mill"), "10000");

  BatchOf too_many;
  for (int i = 0; i <= kEventsPerRequestMax; ++i) {
    too_many.Add("q" + std::to_string(i), OilIn("mill", "1"));
  }
  EXPECT_TRUE(absl::IsInvalidArgument(Post(too_many).status));
  EXPECT_EQ(OilAt("mill"), "10000");
}

TEST_F(PostingTest, NobodyElsePostsALapse) {
  EXPECT_EQ(PostOne("x", Lapse{.shipment = "S1"}).code, Code::kInvalidArgument);
}

// "S1" leaves the mill for the shop on 10 January; its last day is 9 February.
class LapseTest : public PostingTest {
 protected:
  LapseTest() {
    PostOne("r1", OilIn("mill", "10"));
    EXPECT_TRUE(SendToShop("S1", "10").accepted());
    shipped_ = ledger_->standing().as_of;
  }

  // A shipment that leaves the mill on 10 January.
  Outcome SendToShop(std::string_view shipment, std::string_view quantity) {
    BatchOf batch;
    const std::span<ShipLine> lines =
        batch.batch()->arena.NewArray<ShipLine>(1);
    lines.front() = {
        .product = "oil", .quantity = Dec(quantity), .claim = kOilClaim};
    batch.Add(shipment, Ship{.shipment = shipment,
                             .from_site = "mill",
                             .to_site = "shop",
                             .lines = lines});
    return OnlyOutcome(Post(batch));
  }

  ShipmentState StateOfS1() {
    const auto answer = GetShipment(*ledger_, "S1");
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? answer->shipment.state : ShipmentState::kUnspecified;
  }

  Position shipped_ = 0;
};

TEST_F(LapseTest, AShipmentLapsesTheDayAfterItsLastDay) {
  clock_.Set(Instant(Day("2025-02-09")));
  ASSERT_TRUE(ledger_->Tick(nullptr).ok());
  PostOne("r2", OilIn("mill", "1"));
  EXPECT_EQ(StateOfS1(), ShipmentState::kInTransit);

  clock_.Set(Instant(Day("2025-02-10")));
  const Outcome next = PostOne("r3", OilIn("mill", "1"));

  EXPECT_EQ(StateOfS1(), ShipmentState::kLapsed);
  EXPECT_EQ(OilAt("mill"), "12");
  const auto lapse = GetEventAt(*ledger_, next.position - 1);
  ASSERT_TRUE(lapse.ok()) << lapse.status();
  EXPECT_EQ(KindName(lapse->event.event.kind()), "lapse");
  EXPECT_EQ(lapse->event.event.date(), Day("2025-02-10"));
  EXPECT_EQ(lapse->event.event.id, UuidOfName("lapse|S1"));
}

TEST_F(LapseTest, ATickLetsLapseWhenNothingIsPosted) {
  clock_.Set(Instant(Day("2025-02-10")));

  ASSERT_TRUE(ledger_->Tick(nullptr).ok());
  ledger_->Close();

  EXPECT_EQ(StateOfS1(), ShipmentState::kLapsed);
  EXPECT_EQ(ledger_->standing().as_of, shipped_ + 1);
}

TEST_F(LapseTest, AcceptanceAfterTheLastDayComesTooLate) {
  clock_.Set(Instant(Day("2025-02-10")));
  EXPECT_EQ(PostOne("a1", Accept{.shipment = "S1"}, "2025-02-10").code,
            Code::kNotConfirmed);
}

TEST_F(LapseTest, MoreThanAGroupTakesLapseBeforeTheNextEvent) {
  constexpr int kShipments = 7;
  Open({.group_events_max = 3});
  AddWorld({"mill", "shop"});
  PostOne("r1", OilIn("mill", "7"));
  for (int i = 0; i < kShipments; ++i) {
    const std::string name = "T" + std::to_string(i);
    EXPECT_TRUE(SendToShop(name, "1").accepted());
  }
  clock_.Set(Instant(Day("2025-02-10")));

  const Outcome next = PostOne("r2", OilIn("mill", "1"));

  EXPECT_EQ(OilAt("mill"), "8");
  EXPECT_EQ(ledger_->standing().as_of, next.position);
  const auto list = ListEvents(*ledger_, {.kinds = {35}});
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->events.size(), size_t{kShipments});
}

TEST_F(LapseTest, JudgingABatchLetsNothingLapse) {
  clock_.Set(Instant(Day("2025-02-10")));
  BatchOf batch;
  batch.ValidateOnly();
  batch.Add("r2", OilIn("mill", "1"));
  Post(batch);

  EXPECT_EQ(StateOfS1(), ShipmentState::kInTransit);
}

TEST_F(LapseTest, AStolenIdDoesNotKeepAShipmentFromLapsing) {
  PostOne("lapse|S1", OilIn("mill", "1"));
  clock_.Set(Instant(Day("2025-02-10")));

  PostOne("r2", OilIn("mill", "1"));

  EXPECT_EQ(StateOfS1(), ShipmentState::kLapsed);
}

}  // namespace
}  // namespace tally
