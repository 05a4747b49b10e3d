#include "tests/services/secure_server.h"

#include <fstream>
#include <future>
#include <sstream>
#include <utility>

#include "absl/status/status.h"
#include "engine/base/sha256.h"
#include "fmt/format.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "services/identity/development_keys.h"
#include "tests/services/world.h"

namespace tally::services {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr std::string_view kRegistry[] = {
    R"("define_scheme": {"profile": {"scheme": "seg", "owner": "owner-co",
        "models": {"SEGREGATED": {}, "MASS_BALANCE": {"contract_months": 3},
                   "BOOK_AND_CLAIM": {}},
        "certificate": {"required": false}}})",
    R"("define_product": {"product": "cpo", "unit": "TNE", "decimals": 2})",
    R"("register_party": {"party": "mill-co", "roles": ["OPERATOR"]})",
    R"("register_party": {"party": "trade-co", "roles": ["OPERATOR"]})",
    R"("register_party": {"party": "cb", "roles": ["CERTIFICATION_BODY"]})",
    R"("register_party": {"party": "brand-co", "roles": ["BRAND"]})",
    R"("register_party": {"party": "state", "roles": ["REGULATOR"]})",
    R"("register_site": {"site": "mill", "party": "mill-co"})",
    R"("register_site": {"site": "press", "party": "mill-co"})",
    R"("register_site": {"site": "depot", "party": "trade-co"})"};

struct Bound {
  std::string_view client;
  std::string_view party;
  std::string_view role;
  std::string_view scope;
};
constexpr Bound kBound[] = {
    {"mill", "mill-co", "OPERATOR", ""},
    {"partner", "mill-co", "OPERATOR", ""},
    {"clerk", "mill-co", "OPERATOR", R"(, "sites": ["press"])"},
    {"trade", "trade-co", "OPERATOR", ""},
    {"body", "cb", "CERTIFICATION_BODY", ""},
    {"brand", "brand-co", "BRAND", ""},
    {"regulator", "state", "REGULATOR", ""}};

}  // namespace

std::string Show(const grpc::Status& status) {
  return absl::StatusCodeToString(
             static_cast<absl::StatusCode>(status.error_code())) +
         ": " + status.error_message();
}

void SecureServerTest::SetUp() {
  folder_ = std::filesystem::path(testing::TempDir()) /
            fmt::format(
                "secure-{}-{}", getpid(),
                testing::UnitTest::GetInstance()->current_test_info()->name());
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
  ASSERT_TRUE(identity::WriteDevelopmentKeys(
                  {.directory = (folder_ / "keys").string(),
                   .clients = {"admin", "mill", "partner", "clerk", "trade",
                               "body", "brand", "regulator", "stranger"}})
                  .ok());
}

void SecureServerTest::TearDown() {
  server_.reset();
  ledgers_.reset();
  std::filesystem::remove_all(folder_);
}

std::string SecureServerTest::KeyFile(const std::string& name) const {
  return (folder_ / "keys" / name).string();
}

SecurityOptions SecureServerTest::Tls() const {
  SecurityOptions security;
  security.tls = {.certificate = KeyFile("server.crt"),
                  .key = KeyFile("server.key"),
                  .client_authority = KeyFile("ca.crt")};
  security.administrator = "spiffe://tallystick.test/admin";
  security.audit.file = (folder_ / "audit.jsonl").string();
  return security;
}

void SecureServerTest::StartServer(SecurityOptions security) {
  server_.reset();
  ledgers_.reset();
  auto ledger =
      Ledger::Open({.directory = (folder_ / "data").string(),
                    .new_ledger = UuidOfName("secure"),
                    .clock = &clock_,
                    .signing = {.key_file = (folder_ / "log.key").string(),
                                .new_key = Sha256("a key"),
                                .origin = "",
                                .witnesses = {}},
                    .salt_seed = Sha256("salts")});
  ASSERT_TRUE(ledger.ok()) << ledger.status();
  ledgers_ = std::make_unique<OneLedger>(*std::move(ledger));
  auto server = Server::Start(ledgers_.get(),
                              {.listen = "127.0.0.1:0",
                               .security = std::move(security),
                               .limits = limits_,
                               .streams_of_one_max = streams_of_one_max_});
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
}

std::shared_ptr<grpc::Channel> SecureServerTest::ConnectWith(
    const std::string& authority, const std::string& certificate,
    const std::string& key) const {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ReadFile(authority);
  if (!certificate.empty()) {
    options.pem_cert_chain = ReadFile(certificate);
    options.pem_private_key = ReadFile(key);
  }
  return grpc::CreateChannel("localhost:" + std::to_string(server_->port()),
                             grpc::SslCredentials(options));
}

std::shared_ptr<grpc::Channel> SecureServerTest::Connect(
    const std::string& client) const {
  return ConnectWith(KeyFile("ca.crt"), KeyFile(client + ".crt"),
                     KeyFile(client + ".key"));
}

grpc::Status SecureServerTest::CallMessage(
    const std::shared_ptr<grpc::Channel>& channel, std::string_view method,
    const google::protobuf::Message& request,
    google::protobuf::Message* response) {
  using google::protobuf::Message;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(30));
  std::promise<grpc::Status> done;
  grpc::TemplatedGenericStub<Message, Message> stub(channel);
  stub.UnaryCall(&context, fmt::format("/tallystick.v1.{}", method), {},
                 &request, response,
                 [&done](grpc::Status status) { done.set_value(status); });
  return done.get_future().get();
}

std::string SecureServerTest::Post(const std::string& client,
                                   std::string_view name, std::string_view json,
                                   std::string* why) {
  v1::PostEventsRequest request;
  *request.add_events() = MakeEvent(name, json);
  request.set_view(v1::OUTCOME_VIEW_BALANCES);
  v1::PostEventsResponse response;
  const grpc::Status status = CallMessage(
      Connect(client), "LedgerService/PostEvents", request, &response);
  if (!status.ok()) return Show(status);
  const v1::Outcome& outcome = response.outcomes(0);
  if (outcome.has_accepted()) return "ACCEPTED";
  why_ = outcome.refusal().message();
  if (why != nullptr) *why = why_;
  return v1::RefusalCode_Name(outcome.refusal().code())
      .substr(std::string_view("REFUSAL_CODE_").size());
}

void SecureServerTest::MakeWorld() {
  int count = 0;
  const auto post = [&](const std::string& client, const std::string& body) {
    const std::string name = fmt::format("secure world {}", count++);
    ASSERT_EQ(
        Post(client, name, R"({"occurred_at": "2025-01-01", )" + body + "}"),
        "ACCEPTED")
        << body << ' ' << why_;
  };
  for (const std::string_view body : kRegistry) {
    post("admin", std::string(body));
  }
  for (const Bound& bound : kBound) {
    post("admin", fmt::format(
                      R"("bind_principal": {{"principal":
        "spiffe://tallystick.test/{}", "party": "{}", "roles": ["{}"]{}}})",
                      bound.client, bound.party, bound.role, bound.scope));
  }
  post("body", R"("grant_certificate": {"certificate": "C1", "scheme": "seg",
        "holder": "mill-co", "body": "cb", "sites": ["mill"],
        "products": ["*"], "models": ["SEGREGATED", "BOOK_AND_CLAIM"],
        "from": "2025-01-01", "to": "2025-12-31", "caps": {"cpo": "500"}})");
  post("mill", R"("originate": {"site": "mill", "product": "cpo",
        "quantity": "123.45", "lot": "LOT-1",
        "claim": {"scheme": "seg", "model": "SEGREGATED"}})");
  post("mill", R"("ship": {"shipment": "S1", "from_site": "mill",
        "to_site": "depot", "lines": [{"product": "cpo", "quantity": "20",
        "lot": "LOT-1",
        "claim": {"scheme": "seg", "model": "SEGREGATED"}}]})");
}

}  // namespace tally::services
