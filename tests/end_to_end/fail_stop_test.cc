// The real program on a disk that refuses: it says so, stops taking events,
// damages nothing, and goes on where it was once the disk is well.

#include <signal.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include "engine/base/uuid.h"
#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"
#include "tests/end_to_end/tallyd_process.h"
#include "tests/services/world.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;
namespace health = grpc::health::v1;
using std::filesystem::perms;
using testing::AllOf;
using testing::HasSubstr;

using Channel = std::shared_ptr<grpc::Channel>;

class FailStopTest : public testing::Test {
 protected:
  std::vector<std::string> Arguments() const {
    return {"--data", data_, "--listen", "127.0.0.1:0"};
  }

  static grpc::Status Post(const Channel& channel,
                           const v1::PostEventsRequest& request,
                           v1::PostEventsResponse* response) {
    const auto stub = v1::LedgerService::NewStub(channel);
    grpc::ClientContext context;
    return stub->PostEvents(&context, request, response);
  }
  // The world is there: it is posted, or was before.
  static void ExpectWorld(const Channel& channel, bool repeated) {
    ASSERT_NE(channel, nullptr);
    v1::PostEventsResponse response;
    const grpc::Status posted = Post(channel, MakeWorld(), &response);
    ASSERT_TRUE(posted.ok()) << posted.error_message();
    for (const v1::Outcome& outcome : response.outcomes()) {
      EXPECT_TRUE(outcome.has_accepted());
      EXPECT_EQ(outcome.replayed(), repeated);
    }
  }
  static grpc::Status GetFirst(const Channel& channel) {
    const auto stub = v1::LedgerService::NewStub(channel);
    grpc::ClientContext context;
    v1::GetEventRequest request;
    request.set_position(0);
    v1::GetEventResponse response;
    return stub->GetEvent(&context, request, &response);
  }
  static health::HealthCheckResponse::ServingStatus Health(
      const Channel& channel, const std::string& service) {
    const auto stub = health::Health::NewStub(channel);
    grpc::ClientContext context;
    health::HealthCheckRequest request;
    request.set_service(service);
    health::HealthCheckResponse response;
    EXPECT_TRUE(stub->Check(&context, request, &response).ok());
    return response.status();
  }

  void MakeLedger() {
    TallydProcess process(folder_, Arguments());
    ExpectWorld(process.Connect(), /*repeated=*/false);
    process.Signal(SIGTERM);
    ASSERT_EQ(process.Wait().exit_code, 0);
  }
  // Starts it where it cannot: what it said.
  Ended FailToStart() {
    TallydProcess process(folder_, Arguments(), {}, RunAs::kNobody);
    return process.Wait();
  }

  // The data's files and what is in them.
  std::map<std::string, std::string> Files() const {
    std::map<std::string, std::string> files;
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(data_)) {
      if (!file.is_regular_file()) continue;
      std::ostringstream bytes;
      bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
      files[file.path()] = bytes.str();
    }
    return files;
  }
  void SetPermissions(perms folders, perms files) const {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(data_)) {
      std::filesystem::permissions(entry.path(),
                                   entry.is_directory() ? folders : files);
    }
    std::filesystem::permissions(data_, folders);
    // Others get as far as the data.
    std::filesystem::permissions(folder_.At(""), perms(0755));
  }

  const TemporaryFolder folder_;
  const std::string data_ = folder_.At("ledger");
};

TEST_F(FailStopTest, AWriteThatFailsStopsItAndARestartRecovers) {
  v1::PostEventsRequest sale;
  *sale.add_events() = MakeShip("S1", "40");
  v1::PostEventsRequest large;
  *large.add_events() = MakeWorld().events(0);
  large.mutable_events(0)->set_id(UuidOfName("large").ToString());
  large.mutable_events(0)->mutable_define_scheme()->set_profile(
      R"({"scheme": "large", "models": {"SEGREGATED": {}}})" +
      std::string(900'000, ' '));
  {
    TallydProcess process(folder_, Arguments());
    const Channel channel = process.Connect();
    ExpectWorld(channel, /*repeated=*/false);
    v1::PostEventsResponse response;
    ASSERT_TRUE(Post(channel, sale, &response).ok());
    ASSERT_TRUE(response.outcomes(0).has_accepted());
    process.LimitFileBytes(64 << 10);

    const grpc::Status failed = Post(channel, large, &response);

    EXPECT_EQ(failed.error_code(), grpc::StatusCode::UNAVAILABLE);
    EXPECT_THAT(failed.error_message(),
                AllOf(HasSubstr("ledger stopped: append at position 7"),
                      HasSubstr("File too large")));
    // The limit is gone; it takes nothing all the same, and says why.
    process.LimitFileBytes(std::nullopt);
    v1::PostEventsRequest another;
    *another.add_events() = MakeShip("S2", "1");
    const grpc::Status after = Post(channel, another, &response);
    EXPECT_EQ(after.error_code(), grpc::StatusCode::UNAVAILABLE);
    EXPECT_THAT(after.error_message(), HasSubstr("File too large"));
    ASSERT_TRUE(process.WaitForMessage("taking no events"));
    while (Health(channel, "") != health::HealthCheckResponse::NOT_SERVING) {
    }
    EXPECT_EQ(Health(channel, "tallystick.v1.LedgerService"),
              health::HealthCheckResponse::NOT_SERVING);
    EXPECT_EQ(Health(channel, "tallystick.v1.BalanceService"),
              health::HealthCheckResponse::SERVING);
    EXPECT_TRUE(GetFirst(channel).ok());
    process.Signal(SIGTERM);
    const Ended ended = process.Wait();
    EXPECT_EQ(ended.exit_code, 0) << ended.signal << ended.err;
  }
  TallydProcess process(folder_, Arguments());
  const Channel channel = process.Connect();
  ExpectWorld(channel, /*repeated=*/true);
  EXPECT_EQ(Health(channel, ""), health::HealthCheckResponse::SERVING);
  v1::PostEventsResponse response;
  ASSERT_TRUE(Post(channel, sale, &response).ok());
  EXPECT_TRUE(response.outcomes(0).replayed());
  ASSERT_TRUE(Post(channel, large, &response).ok());
  EXPECT_TRUE(response.outcomes(0).has_accepted());
}

TEST_F(FailStopTest, AFolderThatMayNotBeWrittenIsNamedAndLeftAlone) {
  MakeLedger();
  const auto before = Files();
  SetPermissions(perms(0555), perms(0444));

  const Ended ended = FailToStart();

  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.err, AllOf(HasSubstr("cannot open the ledger in " + data_),
                               HasSubstr("Permission denied")));
  SetPermissions(perms(0700), perms(0600));
  EXPECT_EQ(Files(), before);
  TallydProcess process(folder_, Arguments());
  ExpectWorld(process.Connect(), /*repeated=*/true);
}

TEST_F(FailStopTest, AFolderThatMayNotBeReadIsNamedAndLeftAlone) {
  MakeLedger();
  const auto before = Files();
  SetPermissions(perms(0700), perms(0600));
  std::filesystem::permissions(data_, perms(0000));

  const Ended ended = FailToStart();

  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.err, AllOf(HasSubstr("cannot open the ledger in " + data_),
                               HasSubstr("Permission denied")));
  SetPermissions(perms(0700), perms(0600));
  EXPECT_EQ(Files(), before);
  TallydProcess process(folder_, Arguments());
  ExpectWorld(process.Connect(), /*repeated=*/true);
}

TEST_F(FailStopTest, ASecondProcessIsRefusedAndTheFirstGoesOn) {
  TallydProcess first(folder_, Arguments());
  const Channel channel = first.Connect();
  ExpectWorld(channel, /*repeated=*/false);

  TallydProcess second(folder_, Arguments());
  const Ended ended = second.Wait();

  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.err, AllOf(HasSubstr("cannot open the ledger in " + data_),
                               HasSubstr("another process has it open")));
  v1::PostEventsRequest sale;
  *sale.add_events() = MakeShip("S1", "40");
  v1::PostEventsResponse response;
  ASSERT_TRUE(Post(channel, sale, &response).ok());
  EXPECT_TRUE(response.outcomes(0).has_accepted());
}

}  // namespace
}  // namespace tally::services
