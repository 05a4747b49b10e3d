#include "services/server.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "grpc/channelz/v1/channelz.grpc.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "nlohmann/json.hpp"
#include "services/test_ledgers.h"
#include "tallystick/v1/registry_service.grpc.pb.h"
#include "tests/services/server_test_base.h"

namespace tally::services {
namespace {

namespace health = grpc::health::v1;

class ServerTest : public ServerTestBase {
 protected:
  // Asks the reflection service in JSON: gRPC's library has its messages but
  // no header for them.
  nlohmann::json Reflect(const std::string& question) {
    const std::unique_ptr<google::protobuf::Message> request =
        NewMessage("grpc.reflection.v1alpha.ServerReflectionRequest");
    EXPECT_TRUE(
        google::protobuf::util::JsonStringToMessage(question, request.get())
            .ok());
    const std::unique_ptr<google::protobuf::Message> response =
        NewMessage("grpc.reflection.v1alpha.ServerReflectionResponse");
    EXPECT_TRUE(response->ParseFromString(
        Exchange("/grpc.reflection.v1alpha.ServerReflection/"
                 "ServerReflectionInfo",
                 request->SerializeAsString())));
    std::string json;
    EXPECT_TRUE(
        google::protobuf::util::MessageToJsonString(*response, &json).ok());
    return nlohmann::json::parse(json);
  }

  static std::unique_ptr<google::protobuf::Message> NewMessage(
      const std::string& type) {
    const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()
                                 ->FindMessageTypeByName(type);
    return std::unique_ptr<google::protobuf::Message>(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(descriptor)
            ->New());
  }

  // One message there and one back on a stream of a method.
  std::string Exchange(const std::string& method, const std::string& bytes) {
    grpc::GenericStub stub(channel_);
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    const auto wait = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      return queue.Next(&tag, &ok) && ok;
    };
    auto stream = stub.PrepareCall(&context, method, &queue);
    stream->StartCall(nullptr);
    EXPECT_TRUE(wait());
    grpc::Slice slice(bytes);
    stream->Write(grpc::ByteBuffer(&slice, 1), nullptr);
    EXPECT_TRUE(wait());
    grpc::ByteBuffer answer;
    stream->Read(&answer, nullptr);
    EXPECT_TRUE(wait());
    stream->WritesDone(nullptr);
    EXPECT_TRUE(wait());
    grpc::Status status;
    stream->Finish(&status, nullptr);
    EXPECT_TRUE(wait());
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<grpc::Slice> slices;
    EXPECT_TRUE(answer.Dump(&slices).ok());
    std::string text;
    for (const grpc::Slice& piece : slices) {
      text.append(reinterpret_cast<const char*>(piece.begin()), piece.size());
    }
    return text;
  }

  std::set<std::string> Services() {
    std::set<std::string> names;
    const nlohmann::json response = Reflect(R"({"listServices": "*"})");
    for (const auto& service : response["listServicesResponse"]["service"]) {
      names.insert(service["name"].get<std::string>());
    }
    return names;
  }

  health::HealthCheckResponse::ServingStatus Health(
      const std::shared_ptr<grpc::Channel>& channel,
      const std::string& service) {
    const auto stub = health::Health::NewStub(channel);
    grpc::ClientContext context;
    health::HealthCheckRequest request;
    request.set_service(service);
    health::HealthCheckResponse response;
    const grpc::Status status = stub->Check(&context, request, &response);
    EXPECT_TRUE(status.ok()) << service << ": " << status.error_message();
    return response.status();
  }
};

const std::set<std::string> kOurServices = {
    "tallystick.v1.AdminService",    "tallystick.v1.BalanceService",
    "tallystick.v1.CreditService",   "tallystick.v1.LedgerService",
    "tallystick.v1.RegistryService", "tallystick.v1.TraceService",
    "tallystick.v1.ProofService"};

TEST_F(ServerTest, ReflectionListsAndDescribesEveryService) {
  StartServer();
  std::set<std::string> expected = kOurServices;
  expected.insert("grpc.health.v1.Health");
  expected.insert("grpc.reflection.v1alpha.ServerReflection");
  EXPECT_EQ(Services(), expected);
  for (const std::string& name : expected) {
    const nlohmann::json response =
        Reflect(fmt::format(R"({{"fileContainingSymbol": "{}"}})", name));
    EXPECT_TRUE(response.contains("fileDescriptorResponse"))
        << name << ": " << response;
  }
}

TEST_F(ServerTest, HealthIsPerServiceAndEndsWithTheLedger) {
  StartServer({.tick_interval = std::chrono::milliseconds(10)});
  std::set<std::string> names = kOurServices;
  names.insert("");
  for (const std::string& name : names) {
    EXPECT_EQ(Health(channel_, name), health::HealthCheckResponse::SERVING);
  }
  ledgers_->Close();
  while (Health(channel_, "tallystick.v1.LedgerService") !=
         health::HealthCheckResponse::NOT_SERVING) {
  }
  EXPECT_EQ(Health(channel_, ""), health::HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Health(channel_, "tallystick.v1.BalanceService"),
            health::HealthCheckResponse::SERVING);
}

TEST_F(ServerTest, ChannelzIsOnTheAdminListenerAlone) {
  StartServer({.admin_listen = "127.0.0.1:0"});
  namespace channelz = grpc::channelz::v1;
  const auto ask = [](const std::shared_ptr<grpc::Channel>& channel) {
    const auto stub = channelz::Channelz::NewStub(channel);
    grpc::ClientContext context;
    channelz::GetServersResponse response;
    const grpc::Status status =
        stub->GetServers(&context, channelz::GetServersRequest(), &response);
    if (status.ok()) EXPECT_GE(response.server_size(), 2);
    return status.error_code();
  };
  EXPECT_EQ(ask(Connect(server_->admin_port())), grpc::StatusCode::OK);
  EXPECT_EQ(ask(channel_), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(ServerTest, EveryMethodIsAnswered) {
  StartServer();
  PostWorld();
  for (const std::string& name : kOurServices) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
            name);
    ASSERT_NE(service, nullptr) << name;
  }
  const auto registry = v1::RegistryService::NewStub(channel_);
  grpc::ClientContext context;
  v1::GetSiteRequest request;
  request.set_site("mill");
  v1::GetSiteResponse response;
  ASSERT_TRUE(registry->GetSite(&context, request, &response).ok());
  EXPECT_EQ(response.site().party(), "mill-co");
  EXPECT_EQ(response.as_of_position(), kWorldSize - 1);
  EXPECT_EQ(response.tree_size(), kWorldSize);
}

TEST_F(ServerTest, ListsGoOnByToken) {
  StartServer();
  PostWorld();
  const auto registry = v1::RegistryService::NewStub(channel_);
  v1::ListSitesRequest request;
  request.set_page_size(1);
  std::string sites;
  do {
    grpc::ClientContext context;
    v1::ListSitesResponse response;
    ASSERT_TRUE(registry->ListSites(&context, request, &response).ok());
    for (const v1::Site& site : response.sites()) sites += site.site() + " ";
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(sites, "depot mill ");
}

TEST_F(ServerTest, AConnectionEndsWithItsAgeAndTheClientConnectsAgain) {
  StartServer({.connection_age = std::chrono::milliseconds(100)});
  PostWorld();
  const auto far = std::chrono::system_clock::now() + std::chrono::minutes(2);
  ASSERT_TRUE(channel_->WaitForStateChange(GRPC_CHANNEL_READY, far));
  EXPECT_EQ(Stock(), "100.00");
}

TEST_F(ServerTest, ShipmentsLapseByTheTick) {
  StartServer({.tick_interval = std::chrono::milliseconds(10)});
  PostWorld();
  ASSERT_TRUE(PostOne(MakeEvent("confirm", R"({"occurred_at": "2010-01-01",
      "define_scheme": {"profile": {"scheme": "quick",
      "models": {"SEGREGATED": {}}, "confirm_within_days": 14,
      "certificate": {"required": false}}}})"))
                  .has_accepted());
  ASSERT_TRUE(PostOne(MakeEvent("stock", R"({"occurred_at": "2025-01-10",
      "receive": {"site": "mill", "product": "cpo", "quantity": "5",
      "claim": {"scheme": "quick", "model": "SEGREGATED"},
      "supplier": "upstream"}})"))
                  .has_accepted());
  // Long overdue by the clock; nothing is posted after it.
  ASSERT_TRUE(PostOne(MakeEvent("ship", R"({"occurred_at": "2025-02-01",
      "ship": {"shipment": "S1", "from_site": "mill", "to_site": "depot",
      "lines": [{"product": "cpo", "quantity": "5",
      "claim": {"scheme": "quick", "model": "SEGREGATED"}}]}})"))
                  .has_accepted());
  grpc::ClientContext context;
  v1::WatchEventsRequest request;
  request.set_from_position(0);
  request.add_kinds(v1::EVENT_KIND_LAPSE);
  auto watch = ledger_->WatchEvents(&context, request);
  v1::WatchEventsResponse response;
  while (response.events().empty()) ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.events(0).event().lapse().shipment(), "S1");
  context.TryCancel();
  watch->Finish();
}

TEST_F(ServerTest, ASchemeHasTheProfileItWasDefinedWith) {
  StartServer();
  PostWorld();
  const auto registry = v1::RegistryService::NewStub(channel_);
  grpc::ClientContext context;
  v1::GetSchemeRequest request;
  request.set_scheme("seg");
  v1::GetSchemeResponse response;
  ASSERT_TRUE(registry->GetScheme(&context, request, &response).ok());
  ASSERT_EQ(response.scheme().versions_size(), 1);
  EXPECT_EQ(response.scheme().versions(0).profile(),
            MakeWorld().events(0).define_scheme().profile());
  grpc::ClientContext list_context;
  v1::ListSchemesResponse list;
  ASSERT_TRUE(registry->ListSchemes(&list_context, {}, &list).ok());
  ASSERT_EQ(list.schemes_size(), 1);
  EXPECT_EQ(list.schemes(0).versions(0).profile(), "");
}

TEST_F(ServerTest, OnlyLoopbackIsListenedOn) {
  for (const char* address : {"0.0.0.0:0", "[::]:0", "example.org:1", "nowhere",
                              "127.example.org:1"}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
    ledgers_ = std::make_unique<TestLedgers>(&clock_);
    const auto server = Server::Start(ledgers_.get(), {.listen = address});
    EXPECT_EQ(server.status().code(), absl::StatusCode::kInvalidArgument);
  }
  for (const char* address : {"127.0.0.1:0", "localhost:1", "[::1]:2"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
  }
}

TEST_F(ServerTest, APortHasOneServer) {
  StartServer();
  TestLedgers ledgers(&clock_);
  const auto second = Server::Start(
      &ledgers, {.listen = fmt::format("127.0.0.1:{}", server_->port())});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(ServerTest, InProcessNeedsNoListener) {
  TestLedgers ledgers(&clock_);
  const auto server = Server::Start(&ledgers, {});
  ASSERT_TRUE(server.ok());
  EXPECT_EQ((*server)->port(), 0);
  const auto stub = v1::LedgerService::NewStub((*server)->InProcessChannel());
  grpc::ClientContext context;
  v1::PostEventsResponse response;
  ASSERT_TRUE(stub->PostEvents(&context, MakeWorld(), &response).ok());
  EXPECT_EQ(response.tree_size(), kWorldSize);
}

class TestLedgersTest : public ServerTestBase {
 protected:
  static constexpr size_t kLedgers = 2;

  void SetUp() override {
    StartServer(std::make_unique<TestLedgers>(&clock_, false, kLedgers));
  }

  // The size of a ledger's log after the request.
  int64_t PostTo(const std::string& name,
                 const std::map<std::string, std::string>& metadata = {}) {
    grpc::ClientContext context;
    context.AddMetadata("tally-test-ledger", name);
    for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
    v1::PostEventsResponse response;
    status_ = ledger_->PostEvents(&context, MakeWorld(), &response);
    answer_ = response;
    return response.tree_size();
  }

  grpc::Status status_;
  v1::PostEventsResponse answer_;
};

TEST_F(TestLedgersTest, EachNameHasItsOwn) {
  EXPECT_EQ(PostTo("a"), kWorldSize);
  EXPECT_FALSE(answer_.outcomes(0).replayed());
  EXPECT_EQ(PostTo("b"), kWorldSize);
  EXPECT_FALSE(answer_.outcomes(0).replayed());
  EXPECT_EQ(PostTo("a"), kWorldSize);
  EXPECT_TRUE(answer_.outcomes(0).replayed());
  // A third one takes the place of the oldest.
  EXPECT_EQ(PostTo("c"), kWorldSize);
  EXPECT_EQ(PostTo("b"), kWorldSize);
  EXPECT_TRUE(answer_.outcomes(0).replayed());
  EXPECT_EQ(PostTo("a"), kWorldSize);
  EXPECT_FALSE(answer_.outcomes(0).replayed());
}

TEST_F(TestLedgersTest, TheTimeCanBeSet) {
  PostTo("a", {{"tally-test-recorded-at", "2025-06-01T12:00:00Z"}});
  EXPECT_EQ(answer_.outcomes(0).accepted().recorded_at().seconds(),
            1'748'779'200);
  PostTo("b", {{"tally-test-recorded-at", "yesterday"}});
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  PostTo("b", {{"tally-test-strict", "maybe"}});
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  PostTo("not a name");
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace tally::services
