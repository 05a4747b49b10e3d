// Who may post what, against a server that asks who calls.

#include <string>

#include "fmt/format.h"
#include "tests/services/authorization_test_base.h"
#include "tests/services/world.h"

namespace tally::services {
namespace {

struct Attempt {
  const char* body;
  const char* theirs;
  const char* nobodys;
};
constexpr Attempt kAttempts[] = {
    {R"("originate": {{"site": "{}", "product": "cpo", "quantity": "1",
          "claim": {{"scheme": "seg", "model": "SEGREGATED"}}}})",
     "mill", "none"},
    {R"("receive": {{"site": "{}", "product": "cpo", "quantity": "1",
          "supplier": "x"}})",
     "mill", "none"},
    {R"("ship": {{"shipment": "X", "from_site": "{}", "to_site": "depot",
          "lines": [{{"product": "cpo", "quantity": "1"}}]}})",
     "mill", "none"},
    {R"("consume": {{"site": "{}", "product": "cpo", "quantity": "1",
          "claim": {{"scheme": "seg", "model": "SEGREGATED"}},
          "beneficiary": "x"}})",
     "mill", "none"},
    {R"("process": {{"site": "{}", "process": "p",
          "inputs": [{{"product": "cpo", "quantity": "1"}}],
          "outputs": [{{"product": "cpo", "quantity": "1"}}]}})",
     "mill", "none"},
    {R"("downgrade": {{"site": "{}", "product": "cpo", "quantity": "1",
          "claim": {{"scheme": "seg", "model": "SEGREGATED"}},
          "to_model": "CONVENTIONAL"}})",
     "mill", "none"},
    {R"("adjust": {{"site": "{}", "product": "cpo", "quantity": "1",
          "reason": "LOSS"}})",
     "mill", "none"},
    {R"("count_stock": {{"site": "{}", "product": "cpo",
          "physical_quantity": "1"}})",
     "mill", "none"},
    {R"("recall": {{"shipment": "{}", "reason": "x"}})", "S1", "none"},
    {R"("issue_credits": {{"site": "{}", "product": "cpo", "scheme": "seg",
          "quantity": "1", "vintage": "2025-01", "block": "X"}})",
     "mill", "none"},
    {R"("transfer_credits": {{"from_party": "{}", "to_party": "trade-co",
          "scheme": "seg", "product": "cpo", "quantity": "1"}})",
     "mill-co", "none"},
    {R"("redeem_credits": {{"holder": "{}", "scheme": "seg",
          "product": "cpo", "quantity": "1", "beneficiary": "x",
          "claim_period": "2025", "purpose": "VOLUNTARY"}})",
     "mill-co", "none"},
    {R"("withdraw_credits": {{"block": "{}"}})", "B1", "none"},
    {R"("unbundle_credits": {{"block": "{}"}})", "B1", "none"},
    {R"("declare_claims": {{"party": "{}", "scheme": "seg",
          "product": "cpo", "quantity": "1", "claim_period": "2025"}})",
     "mill-co", "none"},
    {R"("transfer_entitlement": {{"from_site": "{}", "to_site": "depot",
          "product": "cpo", "scheme": "seg", "quantity": "1"}})",
     "mill", "none"},
    {R"("open_period": {{"account": {{"site": "{}", "product": "cpo",
          "scheme": "seg"}}, "from": "2025-01-01", "to": "2025-03-31"}})",
     "mill", "none"},
    {R"("close_period": {{"account": {{"site": "{}", "product": "cpo",
          "scheme": "seg"}}, "from": "2025-01-01", "to": "2025-03-31"}})",
     "mill", "none"},
    {R"("hold": {{"lot": "{}", "reason": "x"}})", "LOT-1", "none"},
    {R"("release": {{"shipment": "{}", "reason": "x"}})", "S1", "none"},
    {R"("set_source_status": {{"source": "{}", "status": "RED",
          "from": "2025-01-01"}})",
     "mill", "none"},
    {R"("extend_volume": {{"certificate": "{}", "product": "cpo",
          "quantity": "1"}})",
     "C1", "none"},
    {R"("set_certificate_status": {{"certificate": "{}",
          "status": "SUSPENDED", "effective_from": "2025-01-01"}})",
     "C1", "none"},
    {R"("bind_principal": {{"principal": "spiffe://tallystick.test/trade",
          "party": "{}", "roles": ["OPERATOR"]}})",
     "mill-co", "none"},
    {R"("unbind_principal": {{"principal": "spiffe://tallystick.test/mill",
          "party": "{}"}})",
     "mill-co", "none"}};

// Another operator's site, lot or shipment in each field that names one: the
// same refusal as for a thing that is not there, and nothing changes.
TEST_F(AuthorizationTest, NobodyPostsForAnother) {
  const std::string before = Ask("regulator", "ListBalances", "{}");
  int count = 0;
  for (const Attempt& attempt : kAttempts) {
    std::string whys[2];
    std::string codes[2];
    for (int i = 0; i < 2; ++i) {
      const std::string event =
          fmt::format(R"({{"occurred_at": "2025-01-03", {}}})",
                      fmt::format(fmt::runtime(attempt.body),
                                  i == 0 ? attempt.theirs : attempt.nobodys));
      codes[i] =
          Post("trade", fmt::format("attempt {}", count++), event, &whys[i]);
    }
    EXPECT_THAT(codes[0], testing::AnyOf("NOT_AUTHORIZED", "ROLE"))
        << attempt.body << whys[0];
    EXPECT_EQ(codes[0], codes[1]) << attempt.body << whys[1];
    EXPECT_EQ(whys[0], whys[1]) << attempt.body;
  }
  // In the name of another, too.
  EXPECT_EQ(Post("trade", "as mill-co", R"({"occurred_at": "2025-01-03",
      "actor": "mill-co", "recall": {"shipment": "S1", "reason": "x"}})"),
            "NOT_AUTHORIZED");
  EXPECT_EQ(Post("stranger", "as nobody", R"({"occurred_at": "2025-01-03",
      "recall": {"shipment": "S1", "reason": "x"}})"),
            "NOT_AUTHORIZED");
  EXPECT_EQ(Ask("regulator", "ListBalances", "{}"), before);
}

// The lot of a stranger, named beside what is one's own.
TEST_F(AuthorizationTest, LotOfAnotherIsUnknown) {
  std::string theirs;
  std::string nobodys;
  const auto ship = [&](const char* lot, std::string* why) {
    return Post("trade", fmt::format("ship {}", lot),
                fmt::format(R"({{"occurred_at": "2025-01-03", "ship":
                  {{"shipment": "T1", "from_site": "depot",
                    "to_external": "x", "lines": [{{"product": "cpo",
                    "quantity": "1", "lot": "{}",
                    "claim": {{"scheme": "seg",
                               "model": "SEGREGATED"}}}}]}}}})",
                            lot),
                why);
  };
  EXPECT_EQ(ship("LOT-1", &theirs), "UNKNOWN_LOT");
  EXPECT_EQ(ship("LOT-2", &nobodys), "UNKNOWN_LOT");
  theirs.replace(theirs.find("LOT-1"), 5, "LOT-2");
  EXPECT_EQ(theirs, nobodys);
}

TEST_F(AuthorizationTest, RefusedReceiverLearnsNoBalance) {
  v1::PostEventsRequest request;
  *request.add_events() =
      MakeEvent("reject S1", R"({"occurred_at": "2025-01-02",
          "reject": {"shipment": "S1", "reason": "wet"}})");
  request.set_view(v1::OUTCOME_VIEW_BALANCES);
  v1::PostEventsResponse response;
  ASSERT_TRUE(CallMessage(Connect("trade"), "LedgerService/PostEvents", request,
                          &response)
                  .ok());
  ASSERT_TRUE(response.outcomes(0).has_accepted())
      << response.ShortDebugString();
  EXPECT_THAT(response.ShortDebugString(), Not(HasSubstr("123.45")));
}

TEST_F(AuthorizationTest, AnothersEventPostedAgainTellsNothing) {
  constexpr char kEvent[] = R"({"occurred_at": "2025-01-03", "count_stock":
      {"site": "mill", "product": "cpo", "physical_quantity": "103.45"}})";
  EXPECT_EQ(Post("mill", "counted", kEvent), "ACCEPTED") << why_;
  EXPECT_EQ(Post("partner", "counted", kEvent), "ACCEPTED") << why_;
  EXPECT_EQ(Post("stranger", "counted", kEvent), "NOT_AUTHORIZED");
}

TEST_F(AuthorizationTest, UnboundFromAPositionOn) {
  constexpr char kCount[] = R"({"occurred_at": "2025-01-03", "count_stock":
      {"site": "mill", "product": "cpo", "physical_quantity": "103.45"}})";
  EXPECT_EQ(Post("partner", "first", kCount), "ACCEPTED") << why_;
  EXPECT_EQ(Post("admin", "unbind", R"({"occurred_at": "2025-01-03",
      "unbind_principal": {"principal": "spiffe://tallystick.test/partner",
                           "party": "mill-co"}})"),
            "ACCEPTED")
      << why_;
  EXPECT_EQ(Post("partner", "second", kCount), "NOT_AUTHORIZED");
  EXPECT_EQ(Ask("partner", "ListBalances", R"({"party": "mill-co"})"),
            Denied("partner"));
  // All of it is in the log: a server that starts anew knows it, too.
  StartServer(Tls());
  EXPECT_EQ(Post("partner", "third", kCount), "NOT_AUTHORIZED");
  EXPECT_EQ(Post("mill", "fourth", kCount), "ACCEPTED") << why_;
}

TEST_F(AuthorizationTest, AdministratorActsForNoParty) {
  EXPECT_EQ(Post("admin", "as admin", R"({"occurred_at": "2025-01-03",
      "recall": {"shipment": "S1", "reason": "x"}})"),
            "NOT_AUTHORIZED");
  EXPECT_EQ(Ask("admin", "ListBalances", "{}"), Denied("admin"));
}

TEST_F(AuthorizationTest, WithdrawingTakesTwo) {
  ASSERT_EQ(Post("mill", "issue B1", R"({"occurred_at": "2025-02-01",
      "issue_credits": {"site": "mill", "product": "cpo", "scheme": "seg",
      "quantity": "3", "vintage": "2025-01", "block": "B1", "lot": "LOT-1"}})"),
            "ACCEPTED")
      << why_;
  constexpr char kWithdraw[] = R"({"occurred_at": "2025-02-02",
      "withdraw_credits": {"block": "B1", "reason": "twice"}})";
  std::string why;
  EXPECT_EQ(Post("mill", "withdraw B1", kWithdraw, &why), "NOT_AUTHORIZED");
  ASSERT_THAT(why, HasSubstr("with content "));
  const std::string approve = fmt::format(
      R"({{"occurred_at": "2025-02-02", "approve": {{"event": "{}",
          "content": "{}"}}}})",
      MakeEvent("withdraw B1", kWithdraw).id(),
      why.substr(why.find("with content ") + 13, 64));
  // One's own approval is none, nor is that of another party.
  EXPECT_EQ(Post("mill", "approve 1", approve), "ACCEPTED") << why_;
  EXPECT_EQ(Post("trade", "approve 2", approve), "ACCEPTED") << why_;
  EXPECT_EQ(Post("mill", "withdraw B1", kWithdraw), "NOT_AUTHORIZED");
  EXPECT_EQ(Post("partner", "approve 3", approve), "ACCEPTED") << why_;
  EXPECT_EQ(Post("mill", "withdraw B1", kWithdraw), "ACCEPTED") << why_;
}

}  // namespace
}  // namespace tally::services
