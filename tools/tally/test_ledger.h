// A ledger of its own for a scenario, on a server that was started for tests:
// the metadata that ask for one.

#ifndef TALLY_TOOLS_TALLY_TEST_LEDGER_H_
#define TALLY_TOOLS_TALLY_TEST_LEDGER_H_

#include <map>
#include <string>
#include <string_view>

namespace tally::cli {

// A name that no other run has, so that the ledger is fresh.
std::string FreshLedgerName(std::string_view scenario);

std::map<std::string, std::string> TestLedgerMetadata(const std::string& name,
                                                      bool strict);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_TEST_LEDGER_H_
