// Recorded events as rows of a table.

#ifndef TALLY_TOOLS_TALLY_EVENT_ROWS_H_
#define TALLY_TOOLS_TALLY_EVENT_ROWS_H_

#include <vector>

#include "nlohmann/json.hpp"
#include "tools/tally/cells.h"

namespace tally::cli {

std::vector<Column> EventColumns();

// A recorded event with its kind and what it says beside it, for the columns.
nlohmann::ordered_json EventRow(nlohmann::ordered_json recorded);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_EVENT_ROWS_H_
