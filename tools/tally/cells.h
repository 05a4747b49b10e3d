// Answers of the ledger as rows of text.
//
// A column names its place in the JSON of a row, "account.site"; what is there
// is written as people write it: claims as "rspo-2020 MASS_BALANCE", serials
// as "B1 1-60", lists with commas.

#ifndef TALLY_TOOLS_TALLY_CELLS_H_
#define TALLY_TOOLS_TALLY_CELLS_H_

#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "tools/tally/table.h"

namespace tally::cli {

struct Column {
  std::string header;
  // Places in the row, of which the first that is there counts.
  std::vector<std::string> paths;
  Align align = Align::kLeft;
  std::string absent;  // what is written where none is there
};

std::string CellText(const nlohmann::ordered_json& value);

// The value at "account.site", or nullptr.
const nlohmann::ordered_json* At(const nlohmann::ordered_json& row,
                                 const std::string& path);

Table TableOf(const std::vector<Column>& columns,
              const std::vector<nlohmann::ordered_json>& rows);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_CELLS_H_
