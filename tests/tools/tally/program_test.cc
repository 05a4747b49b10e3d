// The program as users run it, against a server on a free port.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tests/tools/tally/chain.h"
#include "tests/tools/tally/running_server.h"

namespace tally::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ProgramTest : public testing::Test {
 protected:
  // `words` against the server.
  Printed Tally(std::vector<std::string> words, const std::string& in = "") {
    words.insert(words.end(), {"--server", server_.address()});
    return RunProgram(words, "", in);
  }
  Printed PostChain() {
    return Tally({"post", WriteFile("chain.json", ChainFile())});
  }
  std::vector<std::string> MillBalance(const std::string& format) {
    return {"balance",      "--site",   "mill", "--product",
            "oil",          "--scheme", "x",    "--model",
            "MASS_BALANCE", "-o",       format};
  }

  RunningServer server_;
};

TEST_F(ProgramTest, PostsAFileAndShowsTheBalance) {
  const Printed posted = PostChain();
  EXPECT_EQ(posted.exit, ExitCode::kDone) << posted.err;
  EXPECT_THAT(posted.out, IsEmpty());
  EXPECT_EQ(posted.err, "7 events: 7 accepted, 0 refused\n");
  const Printed table = Tally(MillBalance("table"));
  EXPECT_EQ(table.exit, ExitCode::kDone) << table.err;
  EXPECT_EQ(table.out,
            "site  product  claim           lot  quantity  unit  as at\n"
            "mill  oil      x MASS_BALANCE         100.00  TNE   2025-03-01\n");
  const json answer = json::parse(Tally(MillBalance("json")).out);
  EXPECT_EQ(answer["balance"]["quantity"], "100.00");
  EXPECT_EQ(Tally(MillBalance("csv")).out,
            "site,product,claim,lot,quantity,unit,as at\r\n"
            "mill,oil,x MASS_BALANCE,,100.00,TNE,2025-03-01\r\n");
}

TEST_F(ProgramTest, PostingAFileAgainCountsNothingTwice) {
  PostChain();
  const Printed again = PostChain();
  EXPECT_EQ(again.exit, ExitCode::kDone);
  EXPECT_EQ(again.err, "7 events: 0 accepted, 0 refused, 7 posted before\n");
}

TEST_F(ProgramTest, AZeroBalanceIsShownAsZero) {
  PostChain();
  Tally({"post", "-"}, Ship("S1", "100"));
  const json answer = json::parse(Tally(MillBalance("json")).out);
  ASSERT_TRUE(answer["balance"].contains("quantity"));
  EXPECT_THAT(answer["balance"]["quantity"].get<std::string>(),
              testing::StartsWith("0"));
  EXPECT_THAT(Tally(MillBalance("table")).out,
              testing::ContainsRegex("MASS_BALANCE +0"));
}

TEST_F(ProgramTest, ARefusedEventIsListedAndExitsWithOne) {
  PostChain();
  const Printed refused = Tally({"post", "-"}, Ship("S1", "100.01"));
  EXPECT_EQ(refused.exit, ExitCode::kRefused);
  EXPECT_THAT(refused.out, HasSubstr("event 1  INSUFFICIENT  R02"));
  EXPECT_THAT(refused.out, HasSubstr("available 100"));
  EXPECT_EQ(refused.err, "1 event: 0 accepted, 1 refused\n");
}

TEST_F(ProgramTest, AllOrNoneWritesNothingWhenOneIsRefused) {
  PostChain();
  const Printed refused =
      Tally({"post", "-", "--all-or-none", "-o", "json"},
            "[" + Ship("S1", "60") + "," + Ship("S2", "60") + "]");
  EXPECT_EQ(refused.exit, ExitCode::kRefused);
  const json rows = json::parse(refused.out);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0]["outcome"], "BATCH_REFUSED");
  EXPECT_EQ(rows[1]["outcome"], "INSUFFICIENT");
  EXPECT_THAT(Tally(MillBalance("table")).out, HasSubstr("100.00"));
}

TEST_F(ProgramTest, ADryRunWritesNothing) {
  PostChain();
  const Printed dry = Tally({"post", "-", "--dry-run"}, Ship("S1", "60"));
  EXPECT_EQ(dry.exit, ExitCode::kDone) << dry.err;
  EXPECT_EQ(dry.err, "dry run of 1 event: 1 accepted, 0 refused\n");
  EXPECT_THAT(Tally(MillBalance("table")).out, HasSubstr("100.00"));
}

TEST_F(ProgramTest, ADryRunNeedsNoServer) {
  const std::string chain =
      WriteFile("chain.json", ChainFile(Ship("S", "101")));
  const Printed dry =
      RunProgram({"post", chain, "--dry-run"}, "env -u TALLY_SERVER");
  EXPECT_EQ(dry.exit, ExitCode::kRefused) << dry.err;
  EXPECT_THAT(dry.out, HasSubstr("event 8  INSUFFICIENT"));
}

TEST_F(ProgramTest, WhatCannotBeReadIsNotSent) {
  PostChain();
  const Printed printed =
      Tally({"post", "-"}, "[" + Ship("S1", "60") + R"(, {"ship": 1}])");
  EXPECT_EQ(printed.exit, ExitCode::kUsage);
  EXPECT_THAT(printed.err, HasSubstr("event 2: ship: got 1"));
  EXPECT_THAT(printed.err, HasSubstr("1 problem; nothing was sent"));
  EXPECT_THAT(Tally(MillBalance("table")).out, HasSubstr("100.00"));
}

TEST_F(ProgramTest, StatementsShipmentsAndEvents) {
  PostChain();
  Tally({"post", "-"}, Ship("S1", "60"));
  const Printed statement =
      Tally({"statement", "--site", "mill", "--product", "oil", "--scheme", "x",
             "--model", "MASS_BALANCE"});
  EXPECT_EQ(statement.exit, ExitCode::kDone) << statement.err;
  EXPECT_THAT(statement.out, HasSubstr("RECEIVE"));
  EXPECT_THAT(statement.out, testing::ContainsRegex("SHIP .*-60.00 +40.00"));
  EXPECT_THAT(statement.out, testing::ContainsRegex("closing +40.00"));
  const Printed shipments =
      Tally({"shipment", "list", "--site", "works", "--direction", "RECEIVED"});
  EXPECT_THAT(shipments.out, HasSubstr("S1"));
  const json shipment =
      json::parse(Tally({"shipment", "get", "S1", "-o", "json"}).out);
  EXPECT_EQ(shipment["shipment"]["state"], "IN_TRANSIT");
  const json event =
      json::parse(Tally({"event", "get", "7", "-o", "json"}).out);
  EXPECT_EQ(event["event"]["event"]["ship"]["shipment"], "S1");
  const Printed events = Tally({"event", "list", "--kinds", "SHIP"});
  EXPECT_THAT(events.out, HasSubstr("ship"));
  EXPECT_THAT(events.out, Not(HasSubstr("register_party")));
}

TEST_F(ProgramTest, WatchesFromAPositionOn) {
  PostChain();
  const Printed watched =
      Tally({"watch", "--from", "0", "--count", "7", "-o", "json"});
  EXPECT_EQ(watched.exit, ExitCode::kDone) << watched.err;
  EXPECT_EQ(std::count(watched.out.begin(), watched.out.end(), '\n'), 7);
}

TEST_F(ProgramTest, IssuesAndRedeemsCredits) {
  PostChain();
  const Printed issued = Tally({"post", "-"}, R"([{"occurred_at": "2025-03-02",
      "issue_credits": {"site": "mill", "product": "oil", "scheme": "x",
      "quantity": "10", "vintage": "2025", "block": "B1"}},
     {"occurred_at": "2025-03-03", "transfer_credits": {"from_party": "miller",
      "to_party": "maker", "scheme": "x", "product": "oil",
      "quantity": "10"}}])");
  ASSERT_EQ(issued.exit, ExitCode::kDone) << issued.out << issued.err;
  const std::vector<std::string> redeem = {
      "redeem",        "--holder",   "maker",
      "--scheme",      "x",          "--product",
      "oil",           "--quantity", "4",
      "--beneficiary", "Acme Foods", "--claim-period",
      "2025",          "--purpose",  "VOLUNTARY",
      "--occurred-at", "2025-03-04", "-o",
      "json"};
  const Printed redeemed = Tally(redeem);
  ASSERT_EQ(redeemed.exit, ExitCode::kDone) << redeemed.err;
  const json accepted = json::parse(redeemed.out)["accepted"];
  EXPECT_FALSE(accepted["redemption"].get<std::string>().empty());
  const json serials = {{{"block", "B1"}, {"from", 1}, {"to", 4}}};
  EXPECT_EQ(accepted["serials"], serials);
  EXPECT_THAT(Tally(redeem).err, HasSubstr("redeemed before"));
  const Printed shown =
      Tally({"redemption", "get", accepted["redemption"].get<std::string>()});
  EXPECT_THAT(shown.out, HasSubstr("B1 1-4"));
  EXPECT_EQ(Tally({"credits", "holdings", "--party", "maker", "--state",
                   "ISSUED", "-o", "csv"})
                .out,
            "party,scheme,product,vintage,state,quantity,unit,last day\r\n"
            "maker,x,oil,2025,ISSUED,6.00,TNE,\r\n");
  EXPECT_THAT(Tally({"credits", "block", "B1"}).out, HasSubstr("B1 1-10"));
  EXPECT_EQ(Tally({"credits", "block", "B9"}).exit, ExitCode::kNotFound);
}

TEST_F(ProgramTest, ConformsThroughAServerToo) {
  const std::string file = WriteFile(
      "s.json", ScenarioWith(R"({"balance": {"site": "mill", "product": "oil",
      "scheme": "x", "model": "MASS_BALANCE"}, "expect": "100"})"));
  for (int run = 0; run < 2; ++run) {  // each in a fresh ledger
    const Printed printed = Tally({"conform", file});
    EXPECT_EQ(printed.exit, ExitCode::kDone) << printed.out;
  }
}

TEST_F(ProgramTest, ConformsByItselfWhateverTheEnvironmentSays) {
  const std::string file = WriteFile(
      "s.json", ScenarioWith(R"({"balance": {"site": "mill", "product": "oil",
      "scheme": "x", "model": "MASS_BALANCE"}, "expect": "100"})"));
  const Printed printed =
      RunProgram({"conform", file}, "TALLY_SERVER=unix:/nonexistent/socket");
  EXPECT_EQ(printed.exit, ExitCode::kDone) << printed.out << printed.err;
}

TEST_F(ProgramTest, WhatIsNotThereExitsWithThree) {
  PostChain();
  EXPECT_EQ(Tally({"shipment", "get", "S9"}).exit, ExitCode::kNotFound);
  EXPECT_EQ(Tally({"lot", "show", "L9"}).exit, ExitCode::kNotFound);
  EXPECT_EQ(Tally({"event", "get", "99"}).exit, ExitCode::kNotFound);
}

TEST(Program, NoServerExitsWithFive) {
  const Printed printed =
      RunProgram({"balance", "--site", "mill", "--timeout", "2", "--server",
                  "unix:/nonexistent/socket"});
  EXPECT_EQ(printed.exit, ExitCode::kUnavailable) << printed.err;
  EXPECT_THAT(printed.out, IsEmpty());
}

TEST(Program, WhatItDoesNotUnderstandExitsWithTwo) {
  EXPECT_EQ(RunProgram({}).exit, ExitCode::kUsage);
  EXPECT_EQ(RunProgram({"balance", "--colour"}).exit, ExitCode::kUsage);
  EXPECT_EQ(RunProgram({"balance", "-o", "yaml"}).exit, ExitCode::kUsage);
  EXPECT_EQ(RunProgram({"statement"}).exit, ExitCode::kUsage);
  const Printed nowhere = RunProgram({"balance"}, "env -u TALLY_SERVER");
  EXPECT_EQ(nowhere.exit, ExitCode::kUsage);
  EXPECT_THAT(nowhere.err, HasSubstr("TALLY_SERVER"));
}

TEST(Program, SuggestsTheNearestCommand) {
  const Printed printed = RunProgram({"balanec", "--site", "mill"});
  EXPECT_EQ(printed.exit, ExitCode::kUsage);
  EXPECT_THAT(printed.err,
              HasSubstr("no command `balanec`; did you mean `balance`?"));
  EXPECT_THAT(RunProgram({"lot", "trase", "L1"}).err, HasSubstr("`trace`"));
}

TEST(Program, HelpHasExamplesAndGoesToStandardOutput) {
  for (const char* command : {"post", "balance", "conform", "watch"}) {
    const Printed printed = RunProgram({command, "--help"});
    EXPECT_EQ(printed.exit, ExitCode::kDone);
    EXPECT_THAT(printed.out, HasSubstr("Examples:\n  tally "));
    EXPECT_THAT(printed.err, IsEmpty());
  }
  EXPECT_THAT(RunProgram({"--version"}).out, testing::StartsWith("tally "));
}

TEST(Program, CompletionKnowsCommandsAndOptions) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Printed printed = RunProgram({"completion", shell});
    EXPECT_EQ(printed.exit, ExitCode::kDone);
    EXPECT_THAT(printed.out, HasSubstr("statement"));
    EXPECT_THAT(printed.out, HasSubstr("as-known-at"));
  }
  EXPECT_EQ(RunProgram({"completion", "tcsh"}).exit, ExitCode::kUsage);
}

TEST(Program, BashCompletesACommand) {
  const std::string script =
      WriteFile("script", RunProgram({"completion", "bash"}).out);
  const std::string ask =
      WriteFile("ask", ". " + script +
                           "\nCOMP_WORDS=(tally lot tr)\nCOMP_CWORD=2\n"
                           "_tally\necho \"${COMPREPLY[@]}\" >" +
                           script + ".out\n");
  ASSERT_EQ(std::system(("bash " + ask).c_str()), 0);
  std::ifstream out(script + ".out");
  std::string line;
  std::getline(out, line);
  EXPECT_EQ(line, "trace");
}

TEST_F(ProgramTest, ShowsComparesAndExplainsProfiles) {
  PostChain();
  const Printed shown = Tally({"profile", "show", "x"});
  EXPECT_EQ(shown.exit, ExitCode::kDone) << shown.err;
  const std::string file = WriteFile("x.json", shown.out);
  EXPECT_EQ(Tally({"profile", "check", file}).exit, ExitCode::kDone);
  const Printed same = Tally({"profile", "diff", "x@2025-01-01", file});
  EXPECT_EQ(same.exit, ExitCode::kDone) << same.err;
  EXPECT_THAT(same.out, Not(HasSubstr("models")));
  json changed = json::parse(shown.out);
  changed["rounding"] = "UP";
  changed["citations"] = {{"R13", "Clause 7"}};
  const std::string other = WriteFile("other.json", changed.dump());
  EXPECT_THAT(Tally({"profile", "diff", "x", other}).out,
              testing::ContainsRegex("rounding +UP"));
  const Printed explained = RunProgram({"profile", "explain", "R13", other});
  EXPECT_EQ(explained.exit, ExitCode::kDone) << explained.err;
  EXPECT_THAT(explained.out, testing::ContainsRegex("answer +INSUFFICIENT"));
  EXPECT_THAT(explained.out, testing::ContainsRegex("citation +Clause 7"));
  EXPECT_THAT(explained.out, testing::ContainsRegex("rounding +UP"));
  EXPECT_EQ(Tally({"profile", "explain", "R99", "x"}).exit, ExitCode::kUsage);
  EXPECT_EQ(Tally({"profile", "show", "y"}).exit, ExitCode::kNotFound);
  EXPECT_EQ(Tally({"profile", "show", "x@soon"}).exit, ExitCode::kUsage);
}

TEST(Program, ChecksProfilesWithoutAServer) {
  const std::string good = WriteFile("good.json", kProfile);
  EXPECT_EQ(RunProgram({"profile", "check", good}).exit, ExitCode::kDone);
  const std::string bad =
      WriteFile("bad.json", R"({"scheme": "x", "models": {"MASS_BALANCE":
        {"period_month": 3}}, "rounding": "SIDEWAYS"})");
  const Printed printed = RunProgram({"profile", "check", bad});
  EXPECT_EQ(printed.exit, ExitCode::kUsage);
  EXPECT_THAT(printed.out, HasSubstr("models.MASS_BALANCE.period_month"));
  EXPECT_THAT(printed.out, HasSubstr("rounding"));
}

}  // namespace
}  // namespace tally::cli
