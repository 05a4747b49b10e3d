// docs/rules.md, as it was when the program was built.

#ifndef TALLY_TOOLS_TALLY_RULE_PAGE_H_
#define TALLY_TOOLS_TALLY_RULE_PAGE_H_

#include <string_view>

namespace tally::cli {

std::string_view RulePage();

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_RULE_PAGE_H_
