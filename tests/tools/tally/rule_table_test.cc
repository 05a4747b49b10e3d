#include "tools/tally/rule_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/model/refusal.h"
#include "fmt/format.h"

namespace tally::cli {
namespace {

TEST(RuleTableTest, TheBuiltInPageListsEveryRule) {
  const std::vector<RuleRow>& rows = RuleRows();
  ASSERT_EQ(rows.size(), 59u);
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].rule, fmt::format("R{:02}", i + 1));
    EXPECT_FALSE(rows[i].keeps.empty());
  }
}

TEST(RuleTableTest, AnswersAreCodesOfTheEngine) {
  std::set<std::string_view> known;
  for (int i = 1; i < kCodeCount; ++i) {
    known.insert(CodeName(static_cast<Code>(i)));
  }
  for (const RuleRow& row : RuleRows()) {
    if (row.answer.empty() || row.answer.ends_with("(warning)")) continue;
    EXPECT_TRUE(known.contains(row.answer)) << row.rule << " " << row.answer;
  }
}

TEST(RuleTableTest, ReadsTheFirstTableOnly) {
  const auto rows = ReadRuleRows(
      "# Rules\n| rule | what |\n"
      "| R01 | Keeps it | `CODE` | `a`, `b.c` | yes |\n"
      "| R02 | Warns | – | – | later |\n\n"
      "| R03 | Elsewhere | – | – | yes |\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].answer, "CODE");
  EXPECT_THAT(rows[0].keys, testing::ElementsAre("a", "b.c"));
  EXPECT_EQ(rows[1].answer, "");
  EXPECT_EQ(rows[1].enforced, "later");
}

}  // namespace
}  // namespace tally::cli
