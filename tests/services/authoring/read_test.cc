#include "services/authoring/read.h"

#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tallystick/v1/event.pb.h"
#include "tests/services/every_kind.h"

namespace tally::authoring {
namespace {

using nlohmann::json;
using tallystick::v1::Event;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What reading `text` finds, a line each.
std::vector<std::string> ProblemsOf(std::string_view text,
                                    Event* event = nullptr) {
  Event unused;
  std::vector<std::string> lines;
  for (const Problem& problem :
       Read(json::parse(text), event == nullptr ? &unused : event)) {
    lines.push_back(problem.ToString());
  }
  return lines;
}

TEST(ReadTest, ReadsEveryKind) {
  for (const json& in : EveryKind()) {
    Event event;
    EXPECT_THAT(Read(in, &event), IsEmpty()) << in;
    EXPECT_NE(event.kind_case(), Event::KIND_NOT_SET) << in;
  }
}

TEST(ReadTest, ReadsWhatIsWritten) {
  Event event;
  EXPECT_THAT(ProblemsOf(R"({
    "occurred_at": "2025-03-01T01:30:00+02:00",
    "ship": {"shipment": "S1", "lines": [
      {"quantity": "0.10", "claim": {"scheme": "x", "model": "MASS_BALANCE"},
       "serials": [{"block": "B1", "from": 1, "to": 9007199254740993}]}]}})",
                         &event),
              IsEmpty());
  EXPECT_EQ(event.occurred_at().seconds(), 1'740'785'400);
  const auto& line = event.ship().lines(0);
  EXPECT_EQ(line.quantity(), "0.10");
  EXPECT_EQ(line.claim().model(), tallystick::v1::MODEL_MASS_BALANCE);
  EXPECT_EQ(line.serials(0).to(), 9'007'199'254'740'993);
  EXPECT_FALSE(line.has_attributes());
}

TEST(ReadTest, TakesADateForATime) {
  Event event;
  EXPECT_THAT(ProblemsOf(R"({"occurred_at": "1969-12-31"})", &event),
              IsEmpty());
  EXPECT_EQ(event.occurred_at().seconds(), -86'400);
}

TEST(ReadTest, TakesNullForAFieldLeftOut) {
  Event event;
  EXPECT_THAT(
      ProblemsOf(R"({"actor": null, "originate": {"claim": null}})", &event),
      IsEmpty());
  EXPECT_FALSE(event.originate().has_claim());
}

TEST(ReadTest, KeepsTheProfileAsJsonText) {
  Event event;
  EXPECT_THAT(
      ProblemsOf(R"({"define_scheme": {"profile": {"a": ["0.1"]}}})", &event),
      IsEmpty());
  EXPECT_EQ(event.define_scheme().profile(), R"({"a":["0.1"]})");
}

TEST(ReadTest, NamesAKeyThatItDoesNotKnow) {
  EXPECT_THAT(
      ProblemsOf(R"({"accept": {"shipment": "S1", "lins": []}})"),
      ElementsAre("accept.lins: must be one of the keys shipment, lines, "
                  "as_scheme, lot, reason, contract"));
}

TEST(ReadTest, ListsTheNamesOfAnEnum) {
  constexpr std::string_view kModels =
      "IDENTITY_PRESERVED, SEGREGATED, CONTROLLED_BLENDING, MASS_BALANCE, "
      "BOOK_AND_CLAIM, CONVENTIONAL";
  for (const char* model : {"MB", "MODEL_MASS_BALANCE", "UNSPECIFIED", ""}) {
    EXPECT_THAT(ProblemsOf(json{{"downgrade", {{"to_model", model}}}}.dump()),
                ElementsAre("downgrade.to_model: got \"" + std::string(model) +
                            "\", must be one of " + std::string(kModels)));
  }
  EXPECT_THAT(ProblemsOf(R"({"downgrade": {"to_model": 4}})"),
              ElementsAre(HasSubstr("got 4, must be one of")));
}

TEST(ReadTest, WantsQuantitiesInQuotes) {
  EXPECT_THAT(ProblemsOf(R"({"originate": {"quantity": 0.1}})"),
              ElementsAre("originate.quantity: got 0.1, must be in quotes, "
                          "so that it stays exact"));
}

TEST(ReadTest, NamesTheElementOfAList) {
  EXPECT_THAT(
      ProblemsOf(R"({"ship": {"lines": [{}, {"lot": 7}, "x"]}})"),
      ElementsAre("ship.lines[1].lot: got 7, must be in quotes, so that it "
                  "stays exact",
                  "ship.lines[2]: got \"x\", must be an object"));
  EXPECT_THAT(ProblemsOf(R"({"ship": {"lines": {}}})"),
              ElementsAre("ship.lines: got an object, must be a list"));
}

TEST(ReadTest, NamesTheEntryOfAMap) {
  EXPECT_THAT(ProblemsOf(R"({"add_group_member": {"caps": {"cpo": true}}})"),
              ElementsAre("add_group_member.caps.cpo: got true, must be "
                          "text"));
  EXPECT_THAT(ProblemsOf(R"({"add_group_member": {"caps": []}})"),
              ElementsAre("add_group_member.caps: got a list, must be an "
                          "object"));
}

TEST(ReadTest, RefusesTwoKinds) {
  EXPECT_THAT(ProblemsOf(R"({"accept": {}, "reject": {}})"),
              ElementsAre("reject: must be left out, beside `accept`"));
}

TEST(ReadTest, RefusesTimesThatAreNone) {
  for (const char* time :
       {"\"2025-02-30\"", "\"2025-03-01T00:00:00\"", "\"1899-12-31\"",
        "\"2200-01-01\"", "\"1900-01-01T00:00:00+01:00\"",
        "\"2199-12-31T23:59:59-00:01\"", "\"\"", "1740787200"}) {
    EXPECT_THAT(ProblemsOf("{\"occurred_at\": " + std::string(time) + "}"),
                ElementsAre(HasSubstr("must be a date or an RFC 3339 time")))
        << time;
  }
}

TEST(ReadTest, RefusesNumbersThatDoNotFit) {
  for (const char* number :
       {"1.0", "1e2", "\"1\"", "9223372036854775808", "true"}) {
    EXPECT_THAT(ProblemsOf(R"({"withdraw_credits": {"serials": [{"from": )" +
                           std::string(number) + "}]}}"),
                ElementsAre(HasSubstr("must be a whole number")))
        << number;
  }
  EXPECT_THAT(ProblemsOf(R"({"define_product": {"decimals": 4294967296}})"),
              ElementsAre(HasSubstr("at most 2^31 - 1")));
}

TEST(ReadTest, RefusesWhatIsNotTrueOrFalse) {
  EXPECT_THAT(ProblemsOf(R"({"adjust": {"add": "yes"}})"),
              ElementsAre("adjust.add: got \"yes\", must be true or false"));
}

TEST(ReadTest, WantsAnObject) {
  EXPECT_THAT(ProblemsOf("[]"), ElementsAre("got a list, must be an object"));
  EXPECT_THAT(ProblemsOf(R"({"define_scheme": {"profile": "{}"}})"),
              ElementsAre(HasSubstr("must be an object")));
}

TEST(ReadTest, CutsLongValuesBetweenCharacters) {
  std::string long_text;
  for (int i = 0; i < 100; ++i) long_text += "ä";
  const auto problems = Read(json{{"adjust", {{"add", long_text}}}},
                             std::make_unique<Event>().get());
  ASSERT_EQ(problems.size(), 1);
  EXPECT_LE(problems[0].value.size(), 128 + std::string("…").size());
  EXPECT_NO_THROW(json(problems[0].value).dump());
}

TEST(ReadTest, StopsListingAtTheLimit) {
  json wide = json::object();
  for (int i = 0; i < 100; ++i) wide["key" + std::to_string(i)] = i;
  Event event;
  EXPECT_EQ(Read(wide, &event).size(), kProblemsMax);
}

}  // namespace
}  // namespace tally::authoring
