// Whether what came is what a scenario expects.

#ifndef TALLY_TOOLS_TALLY_EXPECTATION_H_
#define TALLY_TOOLS_TALLY_EXPECTATION_H_

#include <string_view>

#include "nlohmann/json.hpp"

namespace tally::cli {

// Numbers, in quotes or not, compare by value; of an object only what is
// listed; a list has the same things in any order.
bool Holds(const nlohmann::json& expected, const nlohmann::json& actual);

// After rounding `actual` half up to the decimals that `expected` shows.
bool PercentageHolds(std::string_view expected, std::string_view actual);

// Serials in the form in which they compare: by block and number, with ranges
// that join made one.
nlohmann::json JoinSerials(const nlohmann::json& serials);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_EXPECTATION_H_
