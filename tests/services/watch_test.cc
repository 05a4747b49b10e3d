#include <string>
#include <vector>

#include "fmt/format.h"
#include "tests/services/server_test_base.h"

namespace tally::services {
namespace {

class WatchTest : public ServerTestBase {
 protected:
  void SetUp() override {
    StartServer();
    PostWorld();
  }
};

using Watch = grpc::ClientReader<v1::WatchEventsResponse>;

// Reads until `count` events have come.
std::vector<v1::RecordedEvent> ReadEvents(Watch& watch, size_t count) {
  std::vector<v1::RecordedEvent> events;
  v1::WatchEventsResponse response;
  while (events.size() < count && watch.Read(&response)) {
    for (const v1::RecordedEvent& event : response.events()) {
      EXPECT_LE(event.position(), response.as_of_position());
      events.push_back(event);
    }
    EXPECT_EQ(response.tree_size(), response.as_of_position() + 1);
  }
  return events;
}

TEST_F(WatchTest, FromAPositionAndOnWhileOthersPost) {
  grpc::ClientContext context;
  v1::WatchEventsRequest request;
  request.set_from_position(2);
  auto watch = ledger_->WatchEvents(&context, request);
  const auto old = ReadEvents(*watch, kWorldSize - 2);
  ASSERT_EQ(old.size(), kWorldSize - 2u);
  EXPECT_EQ(old.front().position(), 2);
  EXPECT_TRUE(old.front().event().has_register_site());

  constexpr int kShipments = 30;
  for (int i = 0; i < kShipments; ++i) {
    ASSERT_TRUE(PostOne(MakeShip(fmt::format("S{}", i), "1")).has_accepted());
  }
  const auto fresh = ReadEvents(*watch, kShipments);
  ASSERT_EQ(fresh.size(), size_t{kShipments});
  for (int i = 0; i < kShipments; ++i) {
    EXPECT_EQ(fresh[i].position(), kWorldSize + i);
    EXPECT_EQ(fresh[i].event().ship().shipment(), fmt::format("S{}", i));
  }
  context.TryCancel();
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(WatchTest, WithoutPositionBeginsNowAndFilters) {
  grpc::ClientContext context;
  v1::WatchEventsRequest request;
  request.add_kinds(v1::EVENT_KIND_SHIP);
  request.set_site("mill");
  auto watch = ledger_->WatchEvents(&context, request);
  v1::WatchEventsResponse first;
  ASSERT_TRUE(watch->Read(&first));
  EXPECT_EQ(first.events_size(), 0);
  EXPECT_EQ(first.as_of_position(), kWorldSize - 1);
  ASSERT_TRUE(PostOne(MakeEvent("other", R"({"occurred_at": "2025-01-01",
      "register_party": {"party": "p2", "roles": ["BRAND"]}})"))
                  .has_accepted());
  ASSERT_TRUE(PostOne(MakeShip("S1", "1")).has_accepted());
  const auto events = ReadEvents(*watch, 1);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].event().ship().shipment(), "S1");
  context.TryCancel();
}

TEST_F(WatchTest, RefusesAPositionThatIsNotThereYet) {
  grpc::ClientContext context;
  v1::WatchEventsRequest request;
  request.set_from_position(kWorldSize + 1);
  auto watch = ledger_->WatchEvents(&context, request);
  v1::WatchEventsResponse response;
  EXPECT_FALSE(watch->Read(&response));
  const grpc::Status status = watch->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(
      DetailOf<google::rpc::BadRequest>(status).field_violations(0).field(),
      "from_position");
}

TEST_F(WatchTest, AClientThatDoesNotReadHoldsNobodyUp) {
  grpc::ClientContext context;
  v1::WatchEventsRequest request;
  request.set_from_position(0);
  auto watch = ledger_->WatchEvents(&context, request);
  // More than the transport takes in for a client that does not read.
  const std::string paper(190, 'x');
  for (int i = 0; i < 20; ++i) {
    v1::PostEventsRequest posts;
    for (int j = 0; j < 200; ++j) {
      v1::Event event = MakeShip(fmt::format("S{}.{}", i, j), "0.01");
      event.set_document(paper);
      *posts.add_events() = event;
    }
    Post(posts);
  }
  EXPECT_EQ(Stock(), "60.00");
  EXPECT_EQ(ReadEvents(*watch, kWorldSize + 4'000).size(), kWorldSize + 4'000u);
  context.TryCancel();
}

TEST_F(WatchTest, EndsWhenTheServerDrains) {
  grpc::ClientContext context;
  auto watch = ledger_->WatchEvents(&context, v1::WatchEventsRequest());
  v1::WatchEventsResponse response;
  ASSERT_TRUE(watch->Read(&response));
  server_->Drain(std::chrono::seconds(30));
  EXPECT_FALSE(watch->Read(&response));
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(WatchTest, GetAndListEvents) {
  grpc::ClientContext context;
  v1::GetEventRequest by_id;
  by_id.set_id(MakeWorld().events(5).id());
  v1::GetEventResponse answer;
  ASSERT_TRUE(ledger_->GetEvent(&context, by_id, &answer).ok());
  EXPECT_EQ(answer.event().position(), 5);
  EXPECT_EQ(answer.event().event().receive().quantity(), "100");
  EXPECT_EQ(answer.as_of_position(), kWorldSize - 1);

  v1::ListEventsRequest list;
  list.set_page_size(4);
  v1::ListEventsResponse first;
  grpc::ClientContext context1;
  ASSERT_TRUE(ledger_->ListEvents(&context1, list, &first).ok());
  ASSERT_EQ(first.events_size(), 4);
  ASSERT_FALSE(first.next_page_token().empty());
  list.set_page_token(first.next_page_token());
  list.set_page_size(100);
  v1::ListEventsResponse second;
  grpc::ClientContext context2;
  ASSERT_TRUE(ledger_->ListEvents(&context2, list, &second).ok());
  ASSERT_EQ(second.events_size(), 2);
  EXPECT_EQ(second.events(0).position(), 4);
  EXPECT_EQ(second.next_page_token(), "");

  // A token belongs to its list and its filters, and is not to be changed.
  list.set_site("mill");
  grpc::ClientContext context3;
  EXPECT_EQ(ledger_->ListEvents(&context3, list, &second).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  list.clear_site();
  std::string token = first.next_page_token();
  token.back() = token.back() == 'A' ? 'B' : 'A';
  list.set_page_token(token);
  grpc::ClientContext context4;
  EXPECT_EQ(ledger_->ListEvents(&context4, list, &second).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace tally::services
