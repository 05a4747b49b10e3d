// Who may connect at all: certificates, and where a server listens.

#include <chrono>
#include <filesystem>

#include "services/identity/development_keys.h"
#include "tallystick/v1/registry_service.pb.h"
#include "tests/services/secure_server.h"

namespace tally::services {
namespace {

constexpr char kListSchemes[] = "RegistryService/ListSchemes";

TEST_F(SecureServerTest, CertificateOfItsAuthority) {
  StartServer(Tls());
  v1::ListSchemesResponse response;
  EXPECT_EQ(Show(CallMessage(Connect("stranger"), kListSchemes,
                             v1::ListSchemesRequest(), &response)),
            "OK: ");
}

TEST_F(SecureServerTest, WithoutCertificate) {
  StartServer(Tls());
  v1::ListSchemesResponse response;
  const grpc::Status status =
      CallMessage(ConnectWith(KeyFile("ca.crt"), "", ""), kListSchemes,
                  v1::ListSchemesRequest(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(SecureServerTest, CertificateOfAnotherAuthority) {
  const std::string others = (folder_ / "others").string();
  ASSERT_TRUE(identity::WriteDevelopmentKeys(
                  {.directory = others, .clients = {"admin"}})
                  .ok());
  StartServer(Tls());
  v1::ListSchemesResponse response;
  const grpc::Status status =
      CallMessage(ConnectWith(KeyFile("ca.crt"), others + "/admin.crt",
                              others + "/admin.key"),
                  kListSchemes, v1::ListSchemesRequest(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(SecureServerTest, ServerCertificateAsClient) {
  StartServer(Tls());
  v1::ListSchemesResponse response;
  const grpc::Status status =
      CallMessage(ConnectWith(KeyFile("ca.crt"), KeyFile("server.crt"),
                              KeyFile("server.key")),
                  kListSchemes, v1::ListSchemesRequest(), &response);
  EXPECT_FALSE(status.ok());
}

TEST_F(SecureServerTest, WithoutTls) {
  StartServer(Tls());
  v1::ListSchemesResponse response;
  const auto channel =
      grpc::CreateChannel("127.0.0.1:" + std::to_string(server_->port()),
                          grpc::InsecureChannelCredentials());
  EXPECT_FALSE(
      CallMessage(channel, kListSchemes, v1::ListSchemesRequest(), &response)
          .ok());
}

TEST_F(SecureServerTest, ListensBeyondThisMachineOnlyWithTls) {
  OneLedger ledgers(*Ledger::Open({.clock = &clock_}));
  EXPECT_FALSE(Server::Start(&ledgers, {.listen = "0.0.0.0:0"}).ok());
  EXPECT_FALSE(Server::Start(&ledgers, {.listen = "[::]:0"}).ok());
  EXPECT_TRUE(
      Server::Start(&ledgers, {.listen = "0.0.0.0:0", .security = Tls()}).ok());
}

TEST_F(SecureServerTest, KeysAreTheirOwnersAlone) {
  namespace fs = std::filesystem;
  for (const char* name : {"ca.key", "server.key", "mill.key"}) {
    EXPECT_EQ(fs::status(KeyFile(name)).permissions(),
              fs::perms::owner_read | fs::perms::owner_write)
        << name;
  }
  fs::permissions(KeyFile("server.key"), fs::perms::others_read,
                  fs::perm_options::add);
  OneLedger ledgers(*Ledger::Open({.clock = &clock_}));
  const auto started =
      Server::Start(&ledgers, {.listen = "127.0.0.1:0", .security = Tls()});
  EXPECT_EQ(started.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(SecureServerTest, CallsOfOnePrincipalAreLimited) {
  SecurityOptions security = Tls();
  security.calls_per_second = 1;
  security.calls_at_once = 3;
  StartServer(std::move(security));
  const auto channel = Connect("mill");
  v1::ListSchemesResponse response;
  grpc::Status status;
  std::chrono::steady_clock::time_point begin;
  for (int i = 0; i < 4; ++i) {
    begin = std::chrono::steady_clock::now();
    status =
        CallMessage(channel, kListSchemes, v1::ListSchemesRequest(), &response);
  }
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_NE(status.error_details().find("google.rpc.RetryInfo"),
            std::string::npos);
  // Who asks again and again is slowed down; 50 ms, as clocks have them.
  EXPECT_GE(std::chrono::steady_clock::now() - begin,
            std::chrono::milliseconds(40));
  // Another one is not held up.
  EXPECT_TRUE(CallMessage(Connect("trade"), kListSchemes,
                          v1::ListSchemesRequest(), &response)
                  .ok());
}

}  // namespace
}  // namespace tally::services
