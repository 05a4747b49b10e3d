#include <string>
#include <thread>

#include "fmt/format.h"
#include "tests/services/server_test_base.h"

namespace tally::services {
namespace {

constexpr int kWindow = 4;

class StreamTest : public ServerTestBase {
 protected:
  void SetUp() override {
    StartServer({.window_batches = kWindow});
    PostWorld();
  }
};

v1::StreamEventsRequest MakeBatch(int64_t batch, const v1::Event& event) {
  v1::StreamEventsRequest request;
  request.set_batch(batch);
  *request.add_events() = event;
  return request;
}

TEST_F(StreamTest, AnswersInOrderThroughTheWindow) {
  constexpr int kBatches = 50;
  grpc::ClientContext context;
  auto stream = ledger_->StreamEvents(&context);
  std::thread writer([&] {
    for (int i = 1; i <= kBatches; ++i) {
      EXPECT_TRUE(
          stream->Write(MakeBatch(i, MakeShip(fmt::format("S{}", i), "1"))));
    }
    EXPECT_TRUE(stream->WritesDone());
  });
  v1::StreamEventsResponse response;
  for (int i = 1; i <= kBatches; ++i) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.batch(), i);
    EXPECT_EQ(response.window_batches(), kWindow);
    ASSERT_EQ(response.outcomes_size(), 1);
    EXPECT_EQ(response.outcomes(0).accepted().position(), kWorldSize + i - 1);
    EXPECT_GE(response.as_of_position(), kWorldSize + i - 1);
  }
  writer.join();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(Stock(), "50.00");
}

TEST_F(StreamTest, WaitsForRoomInsteadOfRefusing) {
  // Room for one event at a time.
  StartServer({.window_batches = kWindow}, {.queued_events_max = kWorldSize});
  PostWorld();
  constexpr int kBatches = 30;
  grpc::ClientContext context;
  auto stream = ledger_->StreamEvents(&context);
  std::thread writer([&] {
    for (int i = 1; i <= kBatches; ++i) {
      v1::StreamEventsRequest request;
      request.set_batch(i);
      for (int j = 0; j < kWorldSize; ++j) {
        *request.add_events() = MakeShip(fmt::format("S{}.{}", i, j), "0.01");
      }
      EXPECT_TRUE(stream->Write(request));
    }
    EXPECT_TRUE(stream->WritesDone());
  });
  v1::StreamEventsResponse response;
  for (int i = 1; i <= kBatches; ++i) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.batch(), i);
    EXPECT_EQ(response.outcomes(0).accepted().position(), i * kWorldSize);
  }
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(StreamTest, AMalformedBatchEndsTheStreamAfterThoseBefore) {
  grpc::ClientContext context;
  auto stream = ledger_->StreamEvents(&context);
  ASSERT_TRUE(stream->Write(MakeBatch(1, MakeShip("S1", "1"))));
  ASSERT_TRUE(stream->Write(MakeBatch(3, MakeShip("S3", "1"))));
  v1::StreamEventsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.batch(), 1);
  EXPECT_TRUE(response.outcomes(0).has_accepted());
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(
      DetailOf<google::rpc::BadRequest>(status).field_violations(0).field(),
      "batch");
  EXPECT_EQ(Stock(), "99.00");
}

TEST_F(StreamTest, ACancelledStreamLeavesTheServerWell) {
  {
    grpc::ClientContext context;
    auto stream = ledger_->StreamEvents(&context);
    for (int i = 1; i <= 3 * kWindow; ++i) {
      stream->Write(MakeBatch(i, MakeShip(fmt::format("S{}", i), "1")));
    }
    context.TryCancel();
    stream->Finish();
  }
  EXPECT_TRUE(PostOne(MakeShip("after", "1")).has_accepted());
}

TEST_F(StreamTest, DrainingAnswersWhatWasTakenAndEnds) {
  grpc::ClientContext context;
  auto stream = ledger_->StreamEvents(&context);
  ASSERT_TRUE(stream->Write(MakeBatch(1, MakeShip("S1", "1"))));
  v1::StreamEventsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  server_->Drain(std::chrono::seconds(30));
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).reason(),
            "SERVER_STOPPING");
  EXPECT_GT(DetailOf<google::rpc::RetryInfo>(status).retry_delay().seconds(),
            0);
}

}  // namespace
}  // namespace tally::services
