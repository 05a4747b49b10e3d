#include "tools/tally/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tally::cli {
namespace {

using testing::ElementsAre;

TEST(ReadCsv, ReadsQuotesSeparatorsAndLineBreaksInCells) {
  const auto rows =
      ReadCsv("a;b\r\n\"x;1\";\"say \"\"no\"\"\"\n\"two\nlines\";z", ';');
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_THAT((*rows)[0].cells, ElementsAre("a", "b"));
  EXPECT_THAT((*rows)[1].cells, ElementsAre("x;1", "say \"no\""));
  EXPECT_THAT((*rows)[2].cells, ElementsAre("two\nlines", "z"));
}

TEST(ReadCsv, RowsKnowTheLineWhereTheyBegin) {
  const auto rows = ReadCsv("a\n\"1\n2\"\n\nb\n", ',');
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 3u);  // the empty line is none
  EXPECT_EQ((*rows)[1].line, 2);
  EXPECT_EQ((*rows)[2].line, 5);
}

TEST(ReadCsv, LeavesTheByteOrderMarkOut) {
  const auto rows = ReadCsv("\xef\xbb\xbf\"a\",b\n", ',');
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_THAT((*rows)[0].cells, ElementsAre("a", "b"));
}

TEST(ReadCsv, KeepsEmptyCells) {
  const auto rows = ReadCsv("a,,\n", ',');
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_THAT((*rows)[0].cells, ElementsAre("a", "", ""));
}

TEST(ReadCsv, NamesTheLineOfAQuoteThatIsNotClosed) {
  const auto rows = ReadCsv("a\n\"open\nand on\n", ',');
  EXPECT_EQ(rows.status().message(), "line 2: a quote that is not closed");
}

TEST(ReadCsv, RefusesTextAfterAClosingQuote) {
  const auto rows = ReadCsv("\"a\"b,c\n", ',');
  EXPECT_EQ(rows.status().message(), "line 1: text after a closing quote");
}

TEST(ReadCsv, BoundsTheColumns) {
  EXPECT_TRUE(ReadCsv(std::string(kCsvColumnsMax - 1, ','), ',').ok());
  EXPECT_FALSE(ReadCsv(std::string(kCsvColumnsMax, ','), ',').ok());
}

}  // namespace
}  // namespace tally::cli
