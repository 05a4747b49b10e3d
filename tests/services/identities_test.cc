// Who may connect at all: certificates, and where a server listens.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "fmt/format.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/identity/development_keys.h"
#include "services/ledger_source.h"
#include "services/server.h"
#include "services/system_clock.h"
#include "tallystick/v1/registry_service.grpc.pb.h"

namespace tally::services {
namespace {

namespace fs = std::filesystem;
namespace v1 = tallystick::v1;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class IdentitiesTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) /
        fmt::format(
            "identities-{}-{}", getpid(),
            testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    ASSERT_TRUE(identity::WriteDevelopmentKeys(
                    {.directory = folder_.string(), .clients = {"mill"}})
                    .ok());
    ledgers_ = std::make_unique<OneLedger>(*Ledger::Open({.clock = &clock_}));
  }
  void TearDown() override {
    server_.reset();
    fs::remove_all(folder_);
  }

  identity::TlsFiles Tls() const {
    return {.certificate = File("server.crt"),
            .key = File("server.key"),
            .client_authority = File("ca.crt")};
  }
  std::string File(const std::string& name) const {
    return (folder_ / name).string();
  }

  absl::Status Start(const std::string& listen, identity::TlsFiles tls) {
    server_.reset();
    auto server = Server::Start(ledgers_.get(),
                                {.listen = listen, .tls = std::move(tls)});
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    return absl::OkStatus();
  }

  grpc::StatusCode Call(
      const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
    const auto channel = grpc::CreateChannel(
        "localhost:" + std::to_string(server_->port()), credentials);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(60));
    v1::ListSchemesResponse response;
    return v1::RegistryService::NewStub(channel)
        ->ListSchemes(&context, v1::ListSchemesRequest(), &response)
        .error_code();
  }

  // Of a client that knows the authority in one folder and shows a
  // certificate of another; "": none.
  static std::shared_ptr<grpc::ChannelCredentials> Client(
      const std::string& authority, const std::string& certificate) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = ReadFile(authority + "/ca.crt");
    if (!certificate.empty()) {
      options.pem_cert_chain = ReadFile(certificate + ".crt");
      options.pem_private_key = ReadFile(certificate + ".key");
    }
    return grpc::SslCredentials(options);
  }

  SystemClock clock_;
  fs::path folder_;
  std::unique_ptr<OneLedger> ledgers_;
  std::unique_ptr<Server> server_;
};

TEST_F(IdentitiesTest, OnlyCertificatesOfTheAuthority) {
  const std::string others = File("others");
  ASSERT_TRUE(
      identity::WriteDevelopmentKeys({.directory = others, .clients = {"mill"}})
          .ok());
  ASSERT_TRUE(Start("127.0.0.1:0", Tls()).ok());
  const std::string ours = folder_.string();
  EXPECT_EQ(Call(Client(ours, File("mill"))), grpc::StatusCode::OK);
  EXPECT_EQ(Call(Client(ours, "")), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Call(Client(ours, others + "/mill")),
            grpc::StatusCode::UNAVAILABLE);
  // A server's certificate is not a client's.
  EXPECT_EQ(Call(Client(ours, File("server"))), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Call(grpc::InsecureChannelCredentials()),
            grpc::StatusCode::UNAVAILABLE);
  // The client is not fooled either.
  EXPECT_EQ(Call(Client(others, File("mill"))), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(IdentitiesTest, ListensBeyondThisMachineOnlyWithTls) {
  for (const char* listen : {"0.0.0.0:0", "[::]:0"}) {
    EXPECT_EQ(Start(listen, {}).code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_TRUE(Start("0.0.0.0:0", Tls()).ok());
  EXPECT_EQ(Call(Client(folder_.string(), File("mill"))), grpc::StatusCode::OK);
}

TEST_F(IdentitiesTest, KeysAreTheirOwnersAlone) {
  for (const char* name : {"ca.key", "server.key", "mill.key"}) {
    EXPECT_EQ(fs::status(File(name)).permissions(),
              fs::perms::owner_read | fs::perms::owner_write)
        << name;
  }
  fs::permissions(File("server.key"), fs::perms::others_read,
                  fs::perm_options::add);
  EXPECT_EQ(Start("127.0.0.1:0", Tls()).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(IdentitiesTest, FilesThatDoNotFit) {
  identity::TlsFiles tls = Tls();
  tls.key = File("mill.key");
  EXPECT_EQ(Start("127.0.0.1:0", tls).code(),
            absl::StatusCode::kInvalidArgument);
  tls = Tls();
  tls.certificate = File("none.crt");
  EXPECT_EQ(Start("127.0.0.1:0", tls).code(),
            absl::StatusCode::kInvalidArgument);
  tls = Tls();
  tls.client_authority = File("mill.key");
  EXPECT_EQ(Start("127.0.0.1:0", tls).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(IdentitiesTest, ClientsMayBeAdded) {
  const identity::DevelopmentKeys more = {.directory = folder_.string(),
                                          .clients = {"port"}};
  EXPECT_TRUE(identity::WriteDevelopmentKeys(more).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(identity::WriteDevelopmentKeys(more)));
  EXPECT_TRUE(absl::IsInvalidArgument(identity::WriteDevelopmentKeys(
      {.directory = folder_.string(), .clients = {"../port"}})));
  ASSERT_TRUE(Start("127.0.0.1:0", Tls()).ok());
  EXPECT_EQ(Call(Client(folder_.string(), File("port"))), grpc::StatusCode::OK);
}

}  // namespace
}  // namespace tally::services
