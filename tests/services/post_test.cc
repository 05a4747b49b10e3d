#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/uuid.h"
#include "fmt/format.h"
#include "tests/services/server_test_base.h"

namespace tally::services {
namespace {

class PostTest : public ServerTestBase {
 protected:
  void SetUp() override {
    StartServer();
    PostWorld();
  }
};

TEST_F(PostTest, AcceptsAndAnswersWhereItStands) {
  v1::PostEventsRequest request;
  *request.add_events() = MakeShip("S1", "40");
  const v1::PostEventsResponse response = Post(request);
  ASSERT_EQ(response.outcomes_size(), 1);
  EXPECT_EQ(response.outcomes(0).accepted().position(), kWorldSize);
  EXPECT_EQ(response.as_of_position(), kWorldSize);
  EXPECT_EQ(response.tree_size(), kWorldSize + 1);
  EXPECT_EQ(Stock(), "60.00");
}

TEST_F(PostTest, RefusesWithFigures) {
  const v1::Outcome outcome = PostOne(MakeShip("S1", "100.01"));
  EXPECT_EQ(outcome.refusal().code(), v1::REFUSAL_CODE_INSUFFICIENT);
  EXPECT_EQ(outcome.refusal().rule(), "R02");
  EXPECT_GT(outcome.refusal().figures_size(), 0);
  EXPECT_EQ(Stock(), "100.00");
}

TEST_F(PostTest, RepeatsTheFirstAnswer) {
  const v1::Event event = MakeShip("S1", "40");
  const v1::Outcome first = PostOne(event);
  const v1::Outcome second = PostOne(event);
  EXPECT_FALSE(first.replayed());
  EXPECT_TRUE(second.replayed());
  EXPECT_EQ(first.accepted().position(), second.accepted().position());
  EXPECT_EQ(Stock(), "60.00");

  v1::Event other = MakeShip("S2", "41");
  other.set_id(event.id());
  EXPECT_EQ(PostOne(other).refusal().code(), v1::REFUSAL_CODE_ID_REUSED);
}

TEST_F(PostTest, AllOrNoneLeavesNothing) {
  v1::PostEventsRequest request;
  *request.add_events() = MakeShip("S1", "60");
  *request.add_events() = MakeShip("S2", "60");
  request.set_mode(v1::POST_MODE_ALL_OR_NONE);
  const v1::PostEventsResponse response = Post(request);
  ASSERT_EQ(response.outcomes_size(), 2);
  EXPECT_EQ(response.outcomes(0).refusal().code(),
            v1::REFUSAL_CODE_BATCH_REFUSED);
  EXPECT_EQ(response.outcomes(1).refusal().code(),
            v1::REFUSAL_CODE_INSUFFICIENT);
  EXPECT_EQ(Stock(), "100.00");

  request.set_mode(v1::POST_MODE_PER_EVENT);
  EXPECT_TRUE(Post(request).outcomes(0).has_accepted());
  EXPECT_EQ(Stock(), "40.00");
}

TEST_F(PostTest, ValidateOnlyWritesNothing) {
  v1::PostEventsRequest request;
  *request.add_events() = MakeShip("S1", "60");
  *request.add_events() = MakeShip("S2", "60");
  request.set_validate_only(true);
  const v1::PostEventsResponse response = Post(request);
  EXPECT_TRUE(response.outcomes(0).has_accepted());
  EXPECT_EQ(response.outcomes(0).accepted().position(), -1);
  EXPECT_EQ(response.outcomes(1).refusal().code(),
            v1::REFUSAL_CODE_INSUFFICIENT);
  EXPECT_EQ(response.as_of_position(), kWorldSize - 1);
  EXPECT_EQ(Stock(), "100.00");
}

TEST_F(PostTest, ShowsBalancesWhereAsked) {
  v1::PostEventsRequest request;
  *request.add_events() = MakeShip("S1", "40");
  request.set_view(v1::OUTCOME_VIEW_BALANCES);
  const v1::Outcome outcome = Post(request).outcomes(0);
  bool shown = false;
  for (const v1::BalanceChange& change : outcome.accepted().balances()) {
    if (change.account().kind() != v1::ACCOUNT_KIND_HOLDING) continue;
    shown = true;
    EXPECT_EQ(change.account().site(), "mill");
    EXPECT_EQ(change.delta(), "-40.00");
    EXPECT_EQ(change.balance(), "60.00");
    EXPECT_EQ(change.unit(), "TNE");
  }
  EXPECT_TRUE(shown) << outcome.ShortDebugString();
}

TEST_F(PostTest, MalformedEventsAreRefusedOneByOne) {
  v1::PostEventsRequest request;
  *request.add_events() = MakeShip("S1", "1");
  *request.add_events() = MakeShip("S2", "1e3");
  *request.add_events() = MakeShip("S3", "1.001");
  *request.add_events() = MakeShip("S4", "0");
  *request.add_events() = MakeShip("S5", "1");
  request.mutable_events(4)->set_id("not an id");
  *request.add_events() = MakeShip("S6", "1");
  request.mutable_events(5)->clear_kind();
  *request.add_events() = MakeShip("S7", "1");
  const v1::PostEventsResponse response = Post(request);
  const v1::RefusalCode expected[] = {
      v1::REFUSAL_CODE_UNSPECIFIED,      v1::REFUSAL_CODE_INVALID_QUANTITY,
      v1::REFUSAL_CODE_INVALID_QUANTITY, v1::REFUSAL_CODE_INVALID_QUANTITY,
      v1::REFUSAL_CODE_INVALID_ARGUMENT, v1::REFUSAL_CODE_INVALID_ARGUMENT,
      v1::REFUSAL_CODE_UNSPECIFIED};
  ASSERT_EQ(response.outcomes_size(), 7);
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(response.outcomes(i).refusal().code(), expected[i])
        << response.outcomes(i).ShortDebugString();
  }
  EXPECT_EQ(response.outcomes(4).id(), "not an id");
  EXPECT_EQ(Stock(), "98.00");
}

TEST_F(PostTest, EachRefusalNamesFieldValueAndLimit) {
  v1::Event missing = MakeShip("S1", "");
  v1::Outcome outcome = PostOne(missing);
  EXPECT_EQ(outcome.refusal().message(),
            "ship.lines[0].quantity must be given");
  ASSERT_EQ(outcome.refusal().field_violations_size(), 1);
  EXPECT_EQ(outcome.refusal().field_violations(0).limit(), "given");

  v1::Event more = MakeWorld().events(kWorldSize - 1);
  more.set_id(MakeShip("more", "1").id());
  more.mutable_receive()->set_quantity("92233720368547758.07");
  outcome = PostOne(more);
  EXPECT_EQ(outcome.refusal().code(), v1::REFUSAL_CODE_OVERFLOW);
  ASSERT_EQ(outcome.refusal().field_violations_size(), 1);
  const v1::FieldViolation& violation = outcome.refusal().field_violations(0);
  EXPECT_EQ(violation.field(), "receive");
  EXPECT_EQ(violation.value(), "92233720368547758.07");
  EXPECT_EQ(violation.limit(), "at most 92233720368547758.07 in one holding");
  EXPECT_EQ(Stock(), "100.00");
}

TEST_F(PostTest, SixteenClientsNeverTakeOutMoreThanCameIn) {
  constexpr int kClients = 16;
  constexpr int kShipments = 20;
  std::atomic<int> accepted = 0;
  std::vector<std::thread> clients;
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&, client] {
      for (int i = 0; i < kShipments; ++i) {
        const v1::Event event = MakeShip(fmt::format("S{}.{}", client, i), "1");
        if (PostOne(event).has_accepted()) ++accepted;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(accepted, 100);
  EXPECT_EQ(Stock(), "0.00");
}

}  // namespace
}  // namespace tally::services
