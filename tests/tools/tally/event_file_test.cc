#include "tools/tally/event_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tally::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kMap = R"toml(
separator = ";"
decimal = ","
grouping = "."
date = "DD.MM.YYYY"

[[column]]
header = "Datum"
field = "occurred_at"
as = "date"

[[column]]
header = "Ware"
field = "ship.lines[0].product"
values = { "Palmöl, roh" = "cpo" }

[[column]]
header = "Menge (t)"
field = "ship.lines[0].quantity"
as = "decimal"

[[column]]
header = "Beleg"
field = "document"

[constants]
actor = "mill"
"ship.from_site" = "mill-1"
)toml";

CsvMapping Map() {
  const absl::StatusOr<CsvMapping> mapping = ReadMapping(kMap);
  EXPECT_TRUE(mapping.ok()) << mapping.status();
  return *mapping;
}

TEST(ReadCsvEvents, MapsColumnsConstantsAndOwnTerms) {
  const EventFile file = ReadCsvEvents(
      "\xef\xbb\xbf"
      "Beleg;Datum;Ware;Menge (t);Notiz\r\n"
      "LS-1;03.02.2025;Palmöl, roh;1.234,50;egal\r\n",
      Map());
  ASSERT_THAT(file.problems, IsEmpty());
  ASSERT_EQ(file.events.size(), 1u);
  const tallystick::v1::Event& event = file.events[0].event;
  EXPECT_EQ(file.events[0].place, "row 2");
  EXPECT_EQ(event.actor(), "mill");
  EXPECT_EQ(event.document(), "LS-1");
  EXPECT_EQ(event.occurred_at().seconds(), 1'738'540'800);  // 2025-02-03
  EXPECT_EQ(event.ship().from_site(), "mill-1");
  ASSERT_EQ(event.ship().lines_size(), 1);
  EXPECT_EQ(event.ship().lines(0).product(), "cpo");
  EXPECT_EQ(event.ship().lines(0).quantity(), "1234.50");
}

TEST(ReadCsvEvents, AnEmptyCellLeavesItsFieldOut) {
  const EventFile file = ReadCsvEvents(
      "Beleg;Datum;Ware;Menge (t)\n;03.02.2025;\"Palmöl, roh\";\n", Map());
  ASSERT_THAT(file.problems, IsEmpty());
  EXPECT_EQ(file.events[0].event.document(), "");
  EXPECT_EQ(file.events[0].event.ship().lines(0).quantity(), "");
}

TEST(ReadCsvEvents, NamesEveryProblemWithItsRow) {
  const EventFile file = ReadCsvEvents(
      "Beleg;Datum;Ware;Menge (t)\n"
      "LS-1;2025-02-03;Palmöl, roh;1\n"
      "LS-2;03.02.2025;Sojaöl;12,5t\n",
      Map());
  EXPECT_THAT(
      file.problems,
      ElementsAre("row 2: Datum: got \"2025-02-03\", must be a date as "
                  "DD.MM.YYYY",
                  "row 3: Ware: got \"Sojaöl\", must be one of the mapping's "
                  "`values`",
                  "row 3: Menge (t): got \"12,5t\", must be a decimal with "
                  "`,`"));
}

TEST(ReadCsvEvents, NamesAColumnThatTheFileDoesNotHave) {
  const EventFile file = ReadCsvEvents("Beleg;Datum;Ware\nLS-1;;\n", Map());
  EXPECT_THAT(file.problems, ElementsAre("row 1: no column `Menge (t)`"));
}

TEST(ReadCsvEvents, NamesAFieldThatNoEventHas) {
  const auto mapping =
      ReadMapping("[[column]]\nheader = \"a\"\nfield = \"ship.colour\"\n");
  ASSERT_TRUE(mapping.ok()) << mapping.status();
  const EventFile file = ReadCsvEvents("a\nred\n", *mapping);
  EXPECT_THAT(file.problems, ElementsAre(HasSubstr("row 2: ship.colour: ")));
}

TEST(ReadMapping, NamesWhatIsWrong) {
  const auto message = [](const char* toml) {
    return std::string(ReadMapping(toml).status().message());
  };
  EXPECT_THAT(message("seperator = \";\"\n"), HasSubstr("seperator"));
  EXPECT_THAT(message("separator = \";;\"\n"), HasSubstr("one character"));
  EXPECT_THAT(message("date = \"DD.MM.YY\"\n"), HasSubstr("date"));
  EXPECT_THAT(message(""), HasSubstr("[[column]]"));
  EXPECT_THAT(message("[[column]]\nheader = \"a\"\n"),
              HasSubstr("column 1: field"));
  EXPECT_THAT(message("[[column]\n"), HasSubstr("line 1"));
  EXPECT_THAT(message("[)"), HasSubstr("TOML"));
}

TEST(ReadJsonEvents, ReadsOneAListAndLines) {
  constexpr const char* kEvent =
      R"({"occurred_at": "2025-01-01", "void": {"event": "x", "reason": "y"}})";
  const std::string text = kEvent;
  EXPECT_EQ(ReadJsonEvents(text).events.size(), 1u);
  EXPECT_EQ(ReadJsonEvents("[" + text + "," + text + "]").events.size(), 2u);
  const EventFile lines = ReadJsonEvents(text + "\n\n" + text + "\n");
  ASSERT_EQ(lines.events.size(), 2u);
  EXPECT_EQ(lines.events[1].place, "line 3");
  EXPECT_THAT(lines.problems, IsEmpty());
}

TEST(ReadJsonEvents, NamesProblemsOfEveryLine) {
  const EventFile file = ReadJsonEvents(
      "{\"ship\": {\"colour\": \"red\"}}\n{\"ship\": \n{\"recall\": 1}\n");
  ASSERT_EQ(file.problems.size(), 3u);
  EXPECT_THAT(file.problems[0], HasSubstr("line 1: ship.colour"));
  EXPECT_THAT(file.problems[1], HasSubstr("line 2: "));
  EXPECT_THAT(file.problems[2], HasSubstr("line 3: recall"));
}

TEST(ReadJsonEvents, IdsComeFromTheFileAndThePlace) {
  const std::string text = R"([{"recall": {"shipment": "S"}},
                               {"recall": {"shipment": "S"}}])";
  const EventFile first = ReadJsonEvents(text);
  const EventFile again = ReadJsonEvents(text);
  const EventFile other = ReadJsonEvents(text + " ");
  ASSERT_EQ(first.events.size(), 2u);
  EXPECT_EQ(first.events[0].event.id(), again.events[0].event.id());
  EXPECT_NE(first.events[0].event.id(), first.events[1].event.id());
  EXPECT_NE(first.events[0].event.id(), other.events[0].event.id());
}

TEST(ReadJsonEvents, AnEmptyFileIsAProblem) {
  EXPECT_THAT(ReadJsonEvents(" \n").problems, ElementsAre("the file is empty"));
}

}  // namespace
}  // namespace tally::cli
