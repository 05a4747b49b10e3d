// The real program: started, asked, signalled, started again.

#include <signal.h>

#include <fstream>
#include <memory>
#include <string>

#include "engine/base/check.h"
#include "engine/base/uuid.h"
#include "engine/storage/database.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tallystick/v1/ledger_service.grpc.pb.h"
#include "tests/end_to_end/tallyd_process.h"
#include "tests/services/world.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;
using testing::HasSubstr;

class TallydTest : public testing::Test {
 protected:
  std::vector<std::string> Arguments() const {
    return {"--data", folder_.At("ledger"), "--listen", "127.0.0.1:0"};
  }

  static v1::PostEventsResponse Post(
      const std::shared_ptr<grpc::Channel>& channel,
      const v1::PostEventsRequest& request) {
    const auto stub = v1::LedgerService::NewStub(channel);
    grpc::ClientContext context;
    v1::PostEventsResponse response;
    const grpc::Status status = stub->PostEvents(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  // Starts it with arguments that it cannot run with.
  Ended Fail(const std::vector<std::string>& arguments,
             const std::vector<std::string>& variables = {}) {
    TallydProcess process(folder_, arguments, variables);
    return process.Wait();
  }

  // Runs it once, posts the world and ends it.
  void MakeLedger() {
    TallydProcess process(folder_, Arguments());
    const auto channel = process.Connect();
    ASSERT_NE(channel, nullptr);
    Post(channel, MakeWorld());
    process.Signal(SIGTERM);
    ASSERT_EQ(process.Wait().exit_code, 0);
  }

  // The ledger's log, while no server has it open.
  std::unique_ptr<Database> OpenLog() const {
    const ColumnFamily families[] = {{.name = "log"}};
    auto log = Database::Open(folder_.At("ledger/log"), families,
                              {.rocks = DefaultRocksOptions()});
    TALLY_CHECK(log.ok());
    return *std::move(log);
  }

  const TemporaryFolder folder_;
};

TEST_F(TallydTest, ARestartKeepsTheAnswers) {
  v1::PostEventsResponse first;
  {
    TallydProcess process(folder_, Arguments());
    const auto channel = process.Connect();
    ASSERT_NE(channel, nullptr);
    first = Post(channel, MakeWorld());
    // No farewell: what was answered is durable.
    process.Signal(SIGKILL);
    EXPECT_EQ(process.Wait().signal, SIGKILL);
  }
  TallydProcess process(folder_, Arguments());
  const auto channel = process.Connect();
  ASSERT_NE(channel, nullptr);
  const v1::PostEventsResponse again = Post(channel, MakeWorld());
  EXPECT_EQ(again.tree_size(), kWorldSize);
  ASSERT_EQ(again.outcomes_size(), kWorldSize);
  for (int i = 0; i < kWorldSize; ++i) {
    EXPECT_TRUE(again.outcomes(i).replayed());
    EXPECT_EQ(again.outcomes(i).accepted().ShortDebugString(),
              first.outcomes(i).accepted().ShortDebugString());
  }
}

TEST_F(TallydTest, SigtermDrains) {
  std::vector<std::string> arguments = Arguments();
  arguments.insert(arguments.end(), {"--port-file", folder_.At("port")});
  TallydProcess process(folder_, arguments);
  const auto channel = process.Connect();
  ASSERT_NE(channel, nullptr);
  const auto stub = v1::LedgerService::NewStub(channel);
  grpc::ClientContext context;
  auto watch = stub->WatchEvents(&context, v1::WatchEventsRequest());
  v1::WatchEventsResponse response;
  ASSERT_TRUE(watch->Read(&response));
  Post(channel, MakeWorld());
  process.Signal(SIGTERM);
  while (watch->Read(&response)) {
  }
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  const Ended ended = process.Wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("\"message\":\"stopped\""));

  int port = 0;
  std::ifstream(folder_.At("port")) >> port;
  EXPECT_EQ(ended.out, "listening on 127.0.0.1:" + std::to_string(port) + "\n");
  std::istringstream lines(ended.err);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_TRUE(nlohmann::json::accept(line)) << line;
  }
}

TEST_F(TallydTest, ASecondSignalEndsItWhileItDrains) {
  std::vector<std::string> arguments = Arguments();
  arguments.insert(arguments.end(), {"--drain-seconds", "3600"});
  TallydProcess process(folder_, arguments);
  const auto channel = process.Connect();
  ASSERT_NE(channel, nullptr);
  // More than a connection takes in while its client does not read.
  constexpr int kSchemes = 3;
  for (int i = 0; i < kSchemes; ++i) {
    v1::PostEventsRequest request;
    v1::Event* event = request.add_events();
    *event = MakeWorld().events(0);
    event->set_id(UuidOfName("scheme " + std::to_string(i)).ToString());
    event->mutable_define_scheme()->set_profile(
        R"({"scheme": "s)" + std::to_string(i) +
        R"(", "models": {"SEGREGATED": {}}})" + std::string(1'000'000, ' '));
    ASSERT_TRUE(Post(channel, request).outcomes(0).has_accepted());
  }
  const auto stub = v1::LedgerService::NewStub(channel);
  grpc::ClientContext context;
  v1::WatchEventsRequest request;
  request.set_from_position(0);
  const auto watch = stub->WatchEvents(&context, request);
  watch->WaitForInitialMetadata();
  process.Signal(SIGTERM);
  ASSERT_TRUE(process.WaitForMessage("draining"));
  process.Signal(SIGTERM);
  const Ended ended = process.Wait();
  EXPECT_EQ(ended.exit_code, 128 + SIGTERM) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("ending at once"));
  context.TryCancel();
  watch->Finish();

  TallydProcess again(folder_, Arguments());
  const auto next = again.Connect();
  ASSERT_NE(next, nullptr);
  EXPECT_EQ(Post(next, MakeWorld()).tree_size(), kSchemes + kWorldSize);
}

TEST_F(TallydTest, ADamagedRecordIsNamedAndEndsWithSix) {
  MakeLedger();
  {
    const auto log = OpenLog();
    const std::unique_ptr<rocksdb::Iterator> records(
        log->rocks()->NewIterator({}, log->family(0)));
    records->SeekToFirst();
    ASSERT_TRUE(records->Valid());
    std::string bytes = records->value().ToString();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    ASSERT_TRUE(
        log->rocks()->Put({}, log->family(0), records->key(), bytes).ok());
  }
  const Ended ended = Fail(Arguments());
  EXPECT_EQ(ended.exit_code, 6) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("position 0"));
  EXPECT_EQ(ended.out, "");
}

TEST_F(TallydTest, ANewerFormatIsLeftAlone) {
  MakeLedger();
  {
    const auto log = OpenLog();
    auto stamp = ReadStamp(*log);
    ASSERT_TRUE(stamp.ok() && stamp->has_value());
    (*stamp)->format = 99;
    ASSERT_TRUE(WriteStamp(**stamp, log.get()).ok());
  }
  const Ended ended = Fail(Arguments());
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("format 99, newer than"));
}

TEST_F(TallydTest, OneProcessAFolder) {
  TallydProcess process(folder_, Arguments());
  ASSERT_NE(process.Connect(), nullptr);
  const Ended second = Fail(Arguments());
  EXPECT_NE(second.exit_code, 0);
  EXPECT_THAT(second.err, HasSubstr("cannot open the ledger in"));
}

TEST_F(TallydTest, SettingsComeFromFlagsThenVariablesThenTheFile) {
  const std::string file = folder_.At("tallyd.toml");
  std::ofstream(file) << "listen = '127.0.0.1:1'\nstrict = true\n";
  const Ended ended =
      Fail({"--config", file, "--print-config", "--read-threads", "2"},
           {"TALLY_DATA=from-env", "TALLY_READ_THREADS=3"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("data = \"from-env\"  # environment\n"));
  EXPECT_THAT(ended.out, HasSubstr("listen = \"127.0.0.1:1\"  # file\n"));
  EXPECT_THAT(ended.out, HasSubstr("read-threads = 2  # flag\n"));
  EXPECT_THAT(ended.out, HasSubstr("drain-seconds = 30  # default\n"));
}

TEST_F(TallydTest, UsageErrorsEndWithTwo) {
  EXPECT_EQ(Fail({}).exit_code, 2);
  EXPECT_EQ(Fail({"--no-such-flag"}).exit_code, 2);
  EXPECT_EQ(Fail({"--data", "x", "--read-threads", "0"}).exit_code, 2);
  EXPECT_EQ(Fail({"--data", "x", "--test-mode"}).exit_code, 2);
  const Ended open = Fail({"--test-mode", "--listen", "0.0.0.0:0"});
  EXPECT_EQ(open.exit_code, 2);
  EXPECT_THAT(open.err, HasSubstr("without TLS only a loopback address"));
  const Ended help = Fail({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.out, HasSubstr("TALLY_ADMIN_LISTEN"));
}

TEST_F(TallydTest, AFolderThatCannotBeMadeIsNamed) {
  std::ofstream(folder_.At("file")) << "not a folder";
  const Ended ended =
      Fail({"--data", folder_.At("file"), "--listen", "127.0.0.1:0"});
  EXPECT_NE(ended.exit_code, 0);
  EXPECT_THAT(ended.err, HasSubstr("cannot open the ledger in"));
}

}  // namespace
}  // namespace tally::services
