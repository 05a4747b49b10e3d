#include "tools/tally/table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace tally::cli {
namespace {

TEST(DisplayWidth, CountsColumnsAndNotBytes) {
  EXPECT_EQ(DisplayWidth("doré"), 4);
  EXPECT_EQ(DisplayWidth("棕榈油"), 6);     // wide characters
  EXPECT_EQ(DisplayWidth("e\xcc\x81"), 1);  // a combining accent
  EXPECT_EQ(DisplayWidth("\xff"), 1);       // no UTF-8
}

TEST(PrintTable, AlignsNumbersRightAndLeavesNoBlanksAtTheEnd) {
  const Table table{.headers = {"site", "quantity"},
                    .aligns = {Align::kLeft, Align::kRight},
                    .rows = {{"doré", "0"}, {"mill", "158023.40"}}};
  std::ostringstream out;
  PrintTable(table, /*has_colour=*/false, out);
  EXPECT_EQ(out.str(),
            "site   quantity\n"
            "doré          0\n"
            "mill  158023.40\n");
}

TEST(PrintTable, ObeysNoControlCharacters) {
  const Table table{
      .headers = {"name"}, .aligns = {Align::kLeft}, .rows = {{"a\x1b[2J"}}};
  std::ostringstream out;
  PrintTable(table, /*has_colour=*/false, out);
  EXPECT_EQ(out.str(), "name\na\\x1b[2J\n");
}

TEST(PrintTable, ColoursTheHeaderAlone) {
  const Table table{
      .headers = {"name"}, .aligns = {Align::kLeft}, .rows = {{"a"}}};
  std::ostringstream out;
  PrintTable(table, /*has_colour=*/true, out);
  EXPECT_EQ(out.str(), "\x1b[1mname\x1b[0m\na\n");
}

TEST(PrintCsv, QuotesWhatWouldBreakTheLine) {
  const Table table{.headers = {"name", "note"},
                    .aligns = {Align::kLeft, Align::kLeft},
                    .rows = {{"a,b", "say \"no\""}, {"", "two\nlines"}}};
  std::ostringstream out;
  PrintCsv(table, out);
  EXPECT_EQ(out.str(),
            "name,note\r\n\"a,b\",\"say \"\"no\"\"\"\r\n,\"two\nlines\"\r\n");
}

}  // namespace
}  // namespace tally::cli
