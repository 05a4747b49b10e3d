// Who may read what, against a server that asks who calls.

#include <fstream>
#include <sstream>
#include <string>

#include "engine/base/uuid.h"
#include "fmt/format.h"
#include "services/access_table.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"
#include "tests/services/authorization_test_base.h"
#include "tests/services/world.h"

namespace tally::services {
namespace {

TEST(AccessTableTest, EveryMethodHasOneRow) {
  size_t methods = 0;
  for (const ServiceDescriptor* service : Services()) {
    for (int i = 0; i < service->method_count(); ++i, ++methods) {
      const MethodDescriptor* method = service->method(i);
      const AccessRow* row = FindAccess(method->input_type()->name());
      ASSERT_NE(row, nullptr) << method->full_name();
      EXPECT_EQ(row->may != nullptr, row->access == Access::kAsks)
          << method->full_name();
      EXPECT_EQ(row->may_event != nullptr, row->access == Access::kAsksOfEvent)
          << method->full_name();
    }
  }
  EXPECT_EQ(methods, AccessTable().size());
}

struct Question {
  const char* method;
  const char* theirs;
  const char* nobodys;
};
constexpr Question kQuestions[] = {
    {"GetBalance",
     R"({"site": "mill", "product": "cpo", "scheme": "seg",
         "model": "MODEL_SEGREGATED"})",
     R"({"site": "none", "product": "cpo", "scheme": "seg",
         "model": "MODEL_SEGREGATED"})"},
    {"ListBalances", R"({"site": "mill"})", R"({"site": "none"})"},
    {"ListBalances", R"({"party": "mill-co"})", R"({"party": "none"})"},
    {"ListBalances", R"({})", R"({"product": "none"})"},
    {"ListBalances", R"({"scheme": "seg"})", R"({"scheme": "none"})"},
    {"ListEntries",
     R"({"site": "mill", "product": "cpo", "scheme": "seg",
         "model": "MODEL_SEGREGATED"})",
     R"({"site": "none", "product": "cpo"})"},
    {"GetPercentage", R"({"site": "mill", "product": "cpo", "scheme": "seg"})",
     R"({"site": "none", "product": "cpo", "scheme": "seg"})"},
    {"GetPeriod",
     R"({"site": "mill", "product": "cpo", "scheme": "seg",
         "from": "2025-01-01"})",
     R"({"site": "none", "product": "cpo", "scheme": "seg",
         "from": "2025-01-01"})"},
    {"ListPeriods", R"({"site": "mill"})", R"({"site": "none"})"},
    {"ListShipments", R"({"site": "mill"})", R"({"site": "none"})"},
    {"ListShipments", R"({"party": "mill-co"})", R"({"party": "none"})"},
    {"ListShipments", R"({})", R"({"site": "none"})"},
    {"ListHoldings", R"({"party": "mill-co"})", R"({"party": "none"})"},
    {"GetBlock", R"({"block": "B1"})", R"({"block": "none"})"},
    {"ListBlocks", R"({})", R"({"issued_to": "none"})"},
    {"ListCredits", R"({"block": "B1"})", R"({"block": "none"})"},
    {"ListRedemptions", R"({})", R"({"holder": "none"})"},
    {"GetCover",
     R"({"party": "mill-co", "scheme": "seg", "product": "cpo",
         "claim_period": "2025"})",
     R"({"party": "none", "scheme": "seg", "product": "cpo",
         "claim_period": "2025"})"},
    {"GetLot", R"({"lot": "LOT-1"})", R"({"lot": "none"})"},
    {"TraceLot", R"({"lot": "LOT-1"})", R"({"lot": "none"})"},
    {"GetFlags", R"({"lot": "LOT-1"})", R"({"lot": "none"})"},
    {"GetFlags", R"({"block": "B1"})", R"({"block": "none"})"},
    {"GetEvent", R"({"position": 19})", R"({"position": 1900})"},
    {"GetReceipt", R"({"position": 19})", R"({"position": 1900})"},
    {"ListEvents", R"({})", R"({"party": "none"})"},
    {"ListEvents", R"({"site": "mill"})", R"({"site": "none"})"},
    {"ListEvents", R"({"party": "mill-co"})", R"({"party": "none"})"},
    {"GetParty", R"({"party": "mill-co"})", R"({"party": "none"})"},
    {"GetSite", R"({"site": "mill"})", R"({"site": "none"})"},
    {"ListSites", R"({})", R"({"party": "none"})"},
    {"ListParties", R"({})", R"({})"},
    {"ListGroupMembers", R"({"certificate": "C1"})",
     R"({"certificate": "none"})"}};

// Each question about what is mill-co's, and the same about what is not there:
// a stranger and another operator get one answer for all of them.
TEST_F(AuthorizationTest, NobodyReadsAnothersData) {
  ASSERT_EQ(Post("mill", "block of the test", R"({"occurred_at": "2025-02-01",
      "issue_credits": {"site": "mill", "product": "cpo", "scheme": "seg",
      "quantity": "3", "vintage": "2025-01", "block": "B1", "lot": "LOT-1"}})"),
            "ACCEPTED")
      << why_;
  for (const Question& question : kQuestions) {
    for (const char* client : {"stranger", "brand"}) {
      EXPECT_EQ(Ask(client, question.method, question.theirs), Denied(client))
          << question.method << question.theirs;
      EXPECT_EQ(Ask(client, question.method, question.nobodys), Denied(client))
          << question.method << question.nobodys;
    }
  }
}

TEST_F(AuthorizationTest, OperatorReadsItsOwn) {
  EXPECT_THAT(Ask("mill", "GetBalance",
                  R"({"site": "mill", "product": "cpo", "scheme": "seg",
                      "model": "MODEL_SEGREGATED", "lot": "LOT-1"})"),
              HasSubstr("103.45"));
  EXPECT_THAT(Ask("mill", "ListBalances", R"({"party": "mill-co"})"),
              HasSubstr("103.45"));
  EXPECT_THAT(Ask("mill", "GetLot", R"({"lot": "LOT-1"})"),
              HasSubstr("123.45"));
  // Both sides of a shipment, and no more of the other side.
  EXPECT_THAT(Ask("trade", "GetShipment", R"({"shipment": "S1"})"),
              HasSubstr("20.00"));
  EXPECT_THAT(Ask("trade", "ListEvents", R"({"party": "trade-co"})"),
              AllOf(HasSubstr("S1"), Not(HasSubstr("123.45"))));
  EXPECT_EQ(Ask("trade", "GetShipment", R"({"shipment": "S2"})"),
            Denied("trade"));
}

// Who was sent some of a lot must not learn how much of it there was, where it
// was made and what else became of it.
TEST_F(AuthorizationTest, LotThatCameByShipment) {
  ASSERT_EQ(Post("trade", "accept S1", R"({"occurred_at": "2025-01-02",
      "accept": {"shipment": "S1"}})"),
            "ACCEPTED")
      << why_;
  const std::string lot = Ask("trade", "GetLot", R"({"lot": "LOT-1"})");
  EXPECT_THAT(lot, AllOf(HasSubstr("LOT-1"), Not(HasSubstr("123.45")),
                         Not(HasSubstr("mill"))));
  const std::string trace =
      Ask("trade", "TraceLot",
          R"({"lot": "LOT-1", "direction": "TRACE_DIRECTION_UPSTREAM"})");
  EXPECT_THAT(trace, AllOf(Not(HasSubstr("123.45")), Not(HasSubstr("mill"))));
  EXPECT_THAT(Ask("trade", "ListBalances", R"({"party": "trade-co"})"),
              AllOf(HasSubstr("20.00"), Not(HasSubstr("mill"))));
}

TEST_F(AuthorizationTest, BodyReadsUnderItsCertificatesAlone) {
  EXPECT_THAT(
      Ask("body", "ListBalances", R"({"site": "mill", "scheme": "seg"})"),
      HasSubstr("103.45"));
  EXPECT_EQ(
      Ask("body", "ListBalances", R"({"site": "depot", "scheme": "seg"})"),
      Denied("body"));
  EXPECT_EQ(Ask("body", "ListBalances", R"({"party": "mill-co"})"),
            Denied("body"));
}

// What came of the lot's origin, for the body that certified the mill and not
// the depot that took some of it.
TEST_F(AuthorizationTest, BodyGetsTheListOfWhatCameOfAnEvent) {
  ASSERT_EQ(Post("trade", "accept",
                 R"({"occurred_at": "2025-01-02",
                     "accept": {"shipment": "S1", "lot": "LOT-D"}})"),
            "ACCEPTED")
      << why_;
  const auto ask = [&](const std::string& client, std::string_view name) {
    return Ask(
        client, "ListAffected",
        fmt::format(R"({{"event": "{}"}})", UuidOfName(name).ToString()));
  };
  const std::string all = ask("regulator", "secure world 18");
  EXPECT_THAT(all, HasSubstr("\"mill\""));
  EXPECT_THAT(all, HasSubstr("depot"));
  const std::string seen = ask("body", "secure world 18");
  EXPECT_THAT(seen, HasSubstr(R"("id":"LOT-1")"));
  EXPECT_THAT(seen, HasSubstr(R"("id":"S1")"));
  EXPECT_THAT(seen, HasSubstr("103.45"));
  EXPECT_THAT(seen, Not(HasSubstr("depot")));
  EXPECT_THAT(seen, Not(HasSubstr("LOT-D")));
  // The same of what is another's, is not there, or is no id.
  for (const char* client : {"mill", "trade", "clerk", "brand", "stranger"}) {
    EXPECT_EQ(ask(client, "secure world 18"), Denied(client));
    EXPECT_EQ(ask(client, "none"), Denied(client));
    EXPECT_EQ(Ask(client, "ListAffected", R"({"event": "x"})"), Denied(client));
  }
  EXPECT_EQ(ask("body", "none"), Denied("body"));
}

TEST_F(AuthorizationTest, RegulatorReadsEverything) {
  EXPECT_THAT(Ask("regulator", "ListBalances", R"({})"), HasSubstr("103.45"));
  EXPECT_THAT(Ask("regulator", "GetShipment", R"({"shipment": "none"})"),
              HasSubstr("NOT_FOUND"));
}

// That a certificate is valid is everybody's, what it let through is not.
TEST_F(AuthorizationTest, CertificatesArePublicButForTheirVolumes) {
  const std::string seen =
      Ask("stranger", "GetCertificate", R"({"certificate": "C1"})");
  EXPECT_THAT(seen, HasSubstr("CERTIFICATE_STATUS_VALID"));
  EXPECT_THAT(seen, AllOf(Not(HasSubstr("500")), Not(HasSubstr("123.45"))));
  EXPECT_THAT(Ask("stranger", "ListCertificates", "{}"),
              AllOf(HasSubstr("C1"), Not(HasSubstr("500"))));
  EXPECT_THAT(Ask("mill", "GetCertificate", R"({"certificate": "C1"})"),
              HasSubstr("500"));
}

TEST_F(AuthorizationTest, BindingOfOneSite) {
  EXPECT_EQ(Ask("clerk", "ListBalances", R"({"site": "mill"})"),
            Denied("clerk"));
  EXPECT_EQ(Ask("clerk", "ListBalances", R"({"party": "mill-co"})"),
            Denied("clerk"));
  EXPECT_THAT(Ask("clerk", "ListBalances", R"({"site": "press"})"),
              Not(HasSubstr("PERMISSION_DENIED")));
  EXPECT_EQ(Post("clerk", "clerk at mill", R"({"occurred_at": "2025-01-03",
      "count_stock": {"site": "mill", "product": "cpo",
                      "physical_quantity": "1"}})"),
            "NOT_AUTHORIZED");
}

TEST_F(AuthorizationTest, PageTokenOfAnotherPrincipal) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(Post("mill", fmt::format("more {}", i),
                   R"({"occurred_at": "2025-01-03", "count_stock":
                       {"site": "mill", "product": "cpo",
                        "physical_quantity": "103.45"}})"),
              "ACCEPTED");
  }
  v1::ListEventsRequest request;
  request.set_party("mill-co");
  request.set_page_size(1);
  v1::ListEventsResponse response;
  const std::string method = "LedgerService/ListEvents";
  ASSERT_TRUE(CallMessage(Connect("mill"), method, request, &response).ok());
  request.set_page_token(response.next_page_token());
  ASSERT_FALSE(request.page_token().empty());
  EXPECT_TRUE(CallMessage(Connect("mill"), method, request, &response).ok());
  EXPECT_EQ(
      CallMessage(Connect("partner"), method, request, &response).error_code(),
      grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(
      CallMessage(Connect("trade"), method, request, &response).error_code(),
      grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(AuthorizationTest, PrincipalIsRecorded) {
  EXPECT_THAT(Ask("mill", "ListEvents", R"({"party": "mill-co"})"),
              HasSubstr("spiffe://tallystick.test/mill"));
  // Who works at the other side is its own business.
  EXPECT_THAT(Ask("trade", "ListEvents", R"({"party": "trade-co",
                  "kinds": ["EVENT_KIND_SHIP"]})"),
              AllOf(HasSubstr("S1"), Not(HasSubstr("spiffe://"))));
}

// A record is shown whole or not at all: to its own party and who oversees it,
// not to the other side of a shipment. Hashes are everybody's.
TEST_F(AuthorizationTest, RecordsAreTheirPartysAlone) {
  const std::string seen = Ask("mill", "ListEvents",
                               R"({"party": "mill-co",
                                   "kinds": ["EVENT_KIND_SHIP"]})");
  const size_t at = seen.find("\"position\":\"") + 12;
  const std::string position = seen.substr(at, seen.find('"', at) - at);
  const std::string question = R"({"position": )" + position + "}";
  for (const char* client : {"mill", "partner", "body", "regulator"}) {
    EXPECT_THAT(Ask(client, "GetReceipt", question), HasSubstr("record"))
        << client;
  }
  for (const char* client : {"trade", "brand", "clerk", "admin"}) {
    EXPECT_EQ(Ask(client, "GetReceipt", question), Denied(client));
  }
  EXPECT_THAT(Ask("trade", "GetInclusionProof", question),
              AllOf(HasSubstr("leafHash"), Not(HasSubstr("record"))));
  EXPECT_THAT(Ask("stranger", "GetTile", "{}"), HasSubstr("hashes"));
  EXPECT_THAT(Ask("stranger", "GetCheckpoint", "{}"), HasSubstr("note"));
}

TEST_F(AuthorizationTest, BackupsAreTheAdministrators) {
  for (const char* client : {"mill", "body", "regulator", "stranger"}) {
    EXPECT_EQ(Ask(client, "CreateBackup", "{}"), Denied(client));
  }
  EXPECT_THAT(Ask("admin", "CreateBackup", "{}"),
              HasSubstr("FAILED_PRECONDITION"));
}

TEST_F(AuthorizationTest, WatchShowsWhatListShows) {
  const auto stub = v1::LedgerService::NewStub(Connect("trade"));
  grpc::ClientContext denied;
  v1::WatchEventsRequest request;
  request.set_from_position(0);
  v1::WatchEventsResponse response;
  auto none = stub->WatchEvents(&denied, request);
  EXPECT_FALSE(none->Read(&response));
  EXPECT_EQ(Show(none->Finish()), Denied("trade"));
  grpc::ClientContext context;
  request.set_party("trade-co");
  auto watch = stub->WatchEvents(&context, request);
  std::string seen;
  while (seen.find("S1") == std::string::npos && watch->Read(&response)) {
    seen += response.ShortDebugString();
  }
  EXPECT_THAT(seen, AllOf(HasSubstr("S1"), Not(HasSubstr("123.45"))));
  context.TryCancel();
}

TEST_F(AuthorizationTest, AuditTrail) {
  Ask("trade", "ListBalances", R"({"party": "mill-co"})");
  Ask("regulator", "ListBalances", R"({"party": "mill-co"})");
  std::ifstream file(folder_ / "audit.jsonl");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_THAT(text.str(), HasSubstr(R"("principal":"spiffe://tallystick.test/)"
                                    R"(trade","method":"ListBalances",)"
                                    R"("scope":"party=mill-co",)"
                                    R"("outcome":"PERMISSION_DENIED"})"));
  EXPECT_THAT(text.str(),
              HasSubstr(R"(regulator","method":"ListBalances",)"
                        R"("scope":"party=mill-co","outcome":"OK")"));
  EXPECT_THAT(text.str(), Not(HasSubstr("123.45")));
}

}  // namespace
}  // namespace tally::services
