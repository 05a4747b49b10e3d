// Attacks on the whole server: tokens that are not good, requests that are
// replayed, altered, cut or too large. Each gets its error, and the log stays
// as it is.

#include <chrono>
#include <fstream>
#include <future>
#include <random>
#include <string>
#include <utility>

#include "engine/ledger/retry_hint.h"
#include "fmt/format.h"
#include "grpcpp/generic/generic_stub.h"
#include "services/identity/openssl_pointers.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"
#include "tests/services/authorization_test_base.h"
#include "tests/services/identity/signed_token.h"
#include "tests/services/world.h"

namespace tally::services {
namespace {

using grpc::StatusCode;

constexpr char kCount[] = R"({"occurred_at": "2025-01-03", "count_stock":
    {"site": "mill", "product": "cpo", "physical_quantity": "103.45"}})";
constexpr char kHeader[] = R"({"alg":"ES256","typ":"JWT"})";
constexpr size_t kRequestBytes = 4'096;
constexpr int kRequestEvents = 10;

class AttacksTest : public AuthorizationTest {
 protected:
  // The number of records and the root over them.
  std::string Head() {
    return Ask("regulator", "GetInclusionProof", R"({"position": 0})");
  }

  // The answer to bytes that need not be a request.
  grpc::Status PostBytes(const std::shared_ptr<grpc::Channel>& channel,
                         const std::string& bytes) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(30));
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    grpc::GenericStub stub(channel);
    stub.UnaryCall(&context, "/tallystick.v1.LedgerService/PostEvents", {},
                   &request, &response,
                   [&done](grpc::Status status) { done.set_value(status); });
    return done.get_future().get();
  }
};

v1::PostEventsRequest Counted(const std::string& name) {
  v1::PostEventsRequest request;
  *request.add_events() = MakeEvent(name, kCount);
  return request;
}

TEST_F(AttacksTest, ReplayedAndAlteredRequests) {
  v1::PostEventsRequest request = Counted("counted once");
  v1::PostEventsResponse first;
  const char* method = "LedgerService/PostEvents";
  ASSERT_TRUE(CallMessage(Connect("mill"), method, request, &first).ok());
  ASSERT_TRUE(first.outcomes(0).has_accepted());
  const std::string before = Head();
  v1::PostEventsResponse again;
  ASSERT_TRUE(CallMessage(Connect("mill"), method, request, &again).ok());
  EXPECT_EQ(again.outcomes(0).accepted().position(),
            first.outcomes(0).accepted().position());
  for (const char* client : {"trade", "stranger", "clerk"}) {
    ASSERT_TRUE(CallMessage(Connect(client), method, request, &again).ok());
    EXPECT_EQ(again.outcomes(0).refusal().code(),
              v1::REFUSAL_CODE_NOT_AUTHORIZED)
        << client;
  }
  request.mutable_events(0)->mutable_count_stock()->set_physical_quantity("1");
  ASSERT_TRUE(CallMessage(Connect("mill"), method, request, &again).ok());
  EXPECT_EQ(again.outcomes(0).refusal().code(), v1::REFUSAL_CODE_ID_REUSED);
  // Who has no right does not learn that the id is taken.
  ASSERT_TRUE(CallMessage(Connect("trade"), method, request, &again).ok());
  EXPECT_EQ(again.outcomes(0).refusal().code(),
            v1::REFUSAL_CODE_NOT_AUTHORIZED);
  EXPECT_EQ(Head(), before);
}

TEST_F(AttacksTest, TruncatedMessages) {
  const std::string bytes = Counted("cut").SerializeAsString();
  const std::string before = Head();
  const auto channel = Connect("mill");
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(PostBytes(channel, bytes.substr(0, size)).error_code(),
              StatusCode::INVALID_ARGUMENT)
        << size;
  }
  EXPECT_EQ(Head(), before);
}

// From who may post nothing at all, so whatever comes of it must change
// nothing.
TEST_F(AttacksTest, AlteredBytes) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  const std::string bytes = Counted("altered").SerializeAsString();
  const std::string before = Head();
  const auto channel = Connect("stranger");
  for (int i = 0; i < 500; ++i) {
    std::string changed = bytes;
    for (uint64_t n = random() % 4 + 1; n > 0; --n) {
      changed[random() % changed.size()] = static_cast<char>(random() % 256);
    }
    const StatusCode code = PostBytes(channel, changed).error_code();
    EXPECT_TRUE(code == StatusCode::OK || code == StatusCode::INVALID_ARGUMENT)
        << code;
  }
  EXPECT_EQ(Head(), before);
}

TEST_F(AttacksTest, OversizedRequests) {
  limits_ = {.bytes_max = kRequestBytes, .events_max = kRequestEvents};
  StartServer(Tls());
  const std::string before = Head();
  v1::PostEventsRequest many;
  for (int i = 0; i <= kRequestEvents; ++i) {
    *many.add_events() = MakeEvent(fmt::format("many {}", i), kCount);
  }
  EXPECT_EQ(PostBytes(Connect("mill"), many.SerializeAsString()).error_code(),
            StatusCode::INVALID_ARGUMENT);
  v1::PostEventsRequest large = Counted("large");
  large.mutable_events(0)->set_document(std::string(2 * kRequestBytes, 'x'));
  EXPECT_EQ(PostBytes(Connect("mill"), large.SerializeAsString()).error_code(),
            StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Head(), before);
}

TEST_F(AttacksTest, StreamsOfOnePrincipalAreLimited) {
  streams_of_one_max_ = 2;
  StartServer(Tls());
  const auto stub = v1::LedgerService::NewStub(Connect("mill"));
  grpc::ClientContext contexts[3];
  v1::WatchEventsRequest request;
  request.set_party("mill-co");
  v1::WatchEventsResponse response;
  auto first = stub->WatchEvents(&contexts[0], request);
  auto second = stub->WatchEvents(&contexts[1], request);
  ASSERT_TRUE(first->Read(&response));
  ASSERT_TRUE(second->Read(&response));
  auto third = stub->WatchEvents(&contexts[2], request);
  EXPECT_FALSE(third->Read(&response));
  const grpc::Status status = third->Finish();
  EXPECT_EQ(status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_details(), HasSubstr("google.rpc.RetryInfo"));
  grpc::ClientContext other;
  request.set_party("trade-co");
  const auto others = v1::LedgerService::NewStub(Connect("trade"));
  EXPECT_TRUE(others->WatchEvents(&other, request)->Read(&response));
  for (grpc::ClientContext& context : contexts) context.TryCancel();
  other.TryCancel();
}

TEST_F(AttacksTest, EventsOfOnePrincipalAreLimited) {
  SecurityOptions security = Tls();
  security.events_per_second = 2;
  StartServer(std::move(security));
  v1::PostEventsRequest request;
  for (int i = 0; i < 2; ++i) {
    *request.add_events() = MakeEvent(fmt::format("event {}", i), kCount);
  }
  const auto channel = Connect("mill");
  EXPECT_TRUE(PostBytes(channel, request.SerializeAsString()).ok());
  const grpc::Status status = PostBytes(channel, request.SerializeAsString());
  EXPECT_EQ(status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_details(), HasSubstr("google.rpc.RetryInfo"));
  EXPECT_TRUE(PostBytes(Connect("partner"), request.SerializeAsString()).ok());
}

// A deadline that has passed: nothing is written.
TEST_F(AttacksTest, LateRequests) {
  const std::string before = Head();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() -
                       std::chrono::seconds(1));
  v1::PostEventsResponse response;
  const auto stub = v1::LedgerService::NewStub(Connect("mill"));
  EXPECT_EQ(stub->PostEvents(&context, Counted("late"), &response).error_code(),
            StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(Head(), before);
}

class TokensTest : public AttacksTest {
 protected:
  void SetUp() override {
    AttacksTest::SetUp();
    const std::string keys = (folder_ / "tokens.pem").string();
    std::ofstream(keys) << identity::PublicPem(key_.get());
    security_ = Tls();
    security_.tls.clients = identity::ClientCertificates::kOptional;
    security_.tokens = {.issuer = "https://id.example",
                        .audience = "tally",
                        .algorithms = {identity::Algorithm::kEs256},
                        .keys_file = keys};
    StartServer(security_);
    ASSERT_EQ(Post("admin", "bind token", R"({"occurred_at": "2025-01-03",
        "bind_principal": {"principal": "https://id.example#miller",
        "party": "mill-co", "roles": ["OPERATOR"]}})"),
              "ACCEPTED")
        << why_;
  }

  static int64_t Now() { return std::time(nullptr); }
  static std::string Claims(std::string_view audience = "tally",
                            std::string_view issuer = "https://id.example",
                            int64_t expires = Now() + 600) {
    return fmt::format(R"({{"iss":"{}","aud":"{}","sub":"miller","exp":{}}})",
                       issuer, audience, expires);
  }

  // What a post with the token answers.
  std::string PostWith(const std::string& name, const std::string& token) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token);
    v1::PostEventsResponse response;
    const auto stub =
        v1::LedgerService::NewStub(ConnectWith(KeyFile("ca.crt"), "", ""));
    const grpc::Status status =
        stub->PostEvents(&context, Counted(name), &response);
    if (!status.ok()) return Show(status);
    return response.outcomes(0).has_accepted() ? "ACCEPTED" : "refused";
  }

  SecurityOptions security_;
  identity::KeyPointer key_{EVP_EC_gen("P-256")};
  identity::KeyPointer others_{EVP_EC_gen("P-256")};
};

TEST_F(TokensTest, GoodOnesArePrincipals) {
  EXPECT_EQ(
      PostWith("good", identity::SignedToken(key_.get(), kHeader, Claims())),
      "ACCEPTED");
}

TEST_F(TokensTest, BadOnesAreNobody) {
  const std::string before = Head();
  const std::string good = identity::SignedToken(key_.get(), kHeader, Claims());
  const std::string none = identity::EncodePart(R"({"alg":"none"})") + "." +
                           identity::EncodePart(Claims()) + ".";
  const std::pair<const char*, std::string> kTokens[] = {
      {"forged", identity::SignedToken(others_.get(), kHeader, Claims())},
      {"expired", identity::SignedToken(
                      key_.get(), kHeader,
                      Claims("tally", "https://id.example", Now() - 3'600))},
      {"wrong audience",
       identity::SignedToken(key_.get(), kHeader, Claims("others"))},
      {"wrong issuer",
       identity::SignedToken(key_.get(), kHeader,
                             Claims("tally", "https://evil.example"))},
      {"no algorithm", none},
      {"algorithm none, signed",
       identity::SignedToken(key_.get(), R"({"alg":"none"})", Claims())},
      {"another algorithm",
       identity::SignedToken(key_.get(), R"({"alg":"HS256"})", Claims())},
      {"altered", good.substr(0, good.size() - 4) + "AAAA"},
      {"cut", good.substr(0, good.rfind('.'))},
      {"empty", ""},
      {"no token", "token"}};
  for (const auto& [name, token] : kTokens) {
    EXPECT_THAT(PostWith(name, token), testing::StartsWith("UNAUTHENTICATED"))
        << name;
  }
  EXPECT_EQ(Head(), before);
}

// A caller without certificate and without token is nobody, too.
TEST_F(TokensTest, NoneAtAll) {
  const std::string before = Head();
  EXPECT_EQ(PostBytes(ConnectWith(KeyFile("ca.crt"), "", ""),
                      Counted("nobody").SerializeAsString())
                .error_code(),
            StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(Head(), before);
}

}  // namespace
}  // namespace tally::services
