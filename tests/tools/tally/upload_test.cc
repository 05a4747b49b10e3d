// How a file is sent, seen from a service that only counts.

#include "tools/tally/upload.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "fmt/format.h"
#include "grpcpp/grpcpp.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"

namespace tally::cli {
namespace {

namespace v1 = tallystick::v1;

constexpr int kWindow = 3;

// Accepts all, at a position that is the event's document as a number.
class Service final : public v1::LedgerService::Service {
 public:
  grpc::Status PostEvents(grpc::ServerContext* /*context*/,
                          const v1::PostEventsRequest* in,
                          v1::PostEventsResponse* out) override {
    ++posts;
    Answer(in->events(), out->mutable_outcomes());
    return grpc::Status::OK;
  }

  grpc::Status StreamEvents(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::StreamEventsResponse,
                               v1::StreamEventsRequest>* stream) override {
    v1::StreamEventsRequest in;
    while (stream->Read(&in)) {
      if (++batches == stall_at) {
        while (!context->IsCancelled()) std::this_thread::yield();
        return grpc::Status::CANCELLED;
      }
      if (batches == fail_at) {
        return {grpc::StatusCode::UNAVAILABLE, "the server is stopping"};
      }
      v1::StreamEventsResponse out;
      out.set_batch(in.batch());
      out.set_window_batches(kWindow);
      Answer(in.events(), out.mutable_outcomes());
      if (batches == drop_at) out.mutable_outcomes()->RemoveLast();
      stream->Write(out);
    }
    return grpc::Status::OK;
  }

  int stall_at = 0;
  int fail_at = 0;
  int drop_at = 0;
  int posts = 0;
  int batches = 0;

 private:
  static void Answer(
      const google::protobuf::RepeatedPtrField<v1::Event>& events,
      google::protobuf::RepeatedPtrField<v1::Outcome>* out) {
    for (const v1::Event& event : events) {
      out->Add()->mutable_accepted()->set_position(
          std::stoll(event.document()));
    }
  }
};

class UploadTest : public testing::Test {
 protected:
  UploadTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
  }

  Upload SendEvents(
      int count, UploadOptions options = {},
      std::chrono::milliseconds timeout = std::chrono::seconds(60)) {
    std::vector<PlacedEvent> events(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) {
      events[static_cast<size_t>(i)].event.set_document(std::to_string(i));
    }
    options.on_progress = [this](size_t done) {
      EXPECT_GT(done, progress_);
      progress_ = done;
    };
    const Connection connection(server_->InProcessChannel({}),
                                {.timeout = timeout, .metadata = {}});
    return Send(connection, events, options);
  }

  Service service_;
  std::unique_ptr<grpc::Server> server_;
  size_t progress_ = 0;
};

TEST_F(UploadTest, FewEventsAreOneRequest) {
  EXPECT_EQ(SendEvents(500).outcomes.size(), 500u);
  EXPECT_EQ(service_.posts, 1);
  EXPECT_EQ(service_.batches, 0);
  EXPECT_EQ(SendEvents(0).outcomes.size(), 0u);
}

TEST_F(UploadTest, ManyAreStreamedAndAnsweredInOrder) {
  const Upload upload = SendEvents(5'001);
  ASSERT_TRUE(upload.status.ok()) << upload.status.error_message();
  ASSERT_EQ(upload.outcomes.size(), 5'001u);
  for (int i = 0; i <= 5'000; ++i) {
    EXPECT_EQ(upload.outcomes[static_cast<size_t>(i)].accepted().position(), i);
  }
  EXPECT_EQ(service_.posts, 0);
  EXPECT_EQ(service_.batches, 11);
  EXPECT_EQ(progress_, 5'001u);
}

TEST_F(UploadTest, AllOrNoneIsNeverCutInTwo) {
  EXPECT_EQ(SendEvents(5'001, {.is_all_or_none = true}).outcomes.size(),
            5'001u);
  EXPECT_EQ(service_.posts, 1);
  progress_ = 0;
  const Upload upload = SendEvents(10'001, {.is_all_or_none = true});
  EXPECT_EQ(upload.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(service_.posts, 1);
}

TEST_F(UploadTest, TellsWhatWasAnsweredBeforeItFailed) {
  service_.fail_at = 3;
  const Upload upload = SendEvents(5'000);
  EXPECT_EQ(upload.status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(upload.outcomes.size(), 1'000u);
}

TEST_F(UploadTest, AServerThatFallsSilentIsGivenUp) {
  service_.stall_at = 2;
  const Upload upload = SendEvents(5'000, {}, std::chrono::milliseconds(2'000));
  EXPECT_EQ(upload.status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(upload.outcomes.size(), 500u);
}

TEST_F(UploadTest, AMissingOutcomeIsNoticed) {
  service_.drop_at = 2;
  const Upload upload = SendEvents(5'000);
  EXPECT_EQ(upload.status.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(upload.outcomes.size(), 500u);
}

}  // namespace
}  // namespace tally::cli
