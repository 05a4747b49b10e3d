// The rules as docs/rules.md lists them, which the build takes in: the program
// explains what the page says, and nothing is written twice.

#ifndef TALLY_TOOLS_TALLY_RULE_TABLE_H_
#define TALLY_TOOLS_TALLY_RULE_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

namespace tally::cli {

// One row of the page's table.
struct RuleRow {
  std::string rule;               // "R28"
  std::string keeps;              // what the rule keeps, a sentence
  std::string answer;             // "CAP_EXCEEDED", or empty
  std::vector<std::string> keys;  // of a profile: "cap_year"
  std::string enforced;           // "yes", "later" or where
};

const std::vector<RuleRow>& RuleRows();

// The rows of the first table in a page in Markdown whose first cells are
// rules.
std::vector<RuleRow> ReadRuleRows(std::string_view page);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_RULE_TABLE_H_
