// How the columns of somebody's CSV become events: a TOML file.
//
//   separator = ";"        # default ","
//   decimal = ","          # default "."
//   grouping = "."         # between thousands; default none
//   date = "DD.MM.YYYY"    # default "YYYY-MM-DD"
//
//   [[column]]
//   header = "Menge (t)"   # as in the file's first line
//   field = "receive.quantity"
//   as = "decimal"         # or text (the default), date, number
//
//   [[column]]
//   header = "Ware"
//   field = "receive.product"
//   values = { "Palmöl, roh" = "cpo" }   # own terms to the ledger's
//
//   [constants]
//   actor = "mill"
//   "receive.claim.scheme" = "rspo-2020"
//
// An empty cell leaves its field out. Columns that no [[column]] names are not
// read. A field inside a list is "ship.lines[0].product".

#ifndef TALLY_TOOLS_TALLY_CSV_MAPPING_H_
#define TALLY_TOOLS_TALLY_CSV_MAPPING_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

namespace tally::cli {

enum class CellForm : uint8_t { kText, kDecimal, kDate, kNumber };

struct MappedColumn {
  std::string header;
  std::string field;
  CellForm form = CellForm::kText;
  std::map<std::string, std::string> values;  // none: as it is
};

struct CsvMapping {
  char separator = ',';
  char decimal = '.';
  std::string grouping;
  std::string date = "YYYY-MM-DD";
  std::vector<MappedColumn> columns;
  std::vector<std::pair<std::string, nlohmann::json>> constants;
};

// InvalidArgument that names the key, or the line of what is not TOML.
absl::StatusOr<CsvMapping> ReadMapping(std::string_view toml);

// A cell as the authoring format has it: "1.234,50" is "1234.50". nullptr JSON
// for an empty cell; InvalidArgument says what it must be.
absl::StatusOr<nlohmann::json> ReadCell(const CsvMapping& mapping,
                                        const MappedColumn& column,
                                        std::string_view cell);

// Puts `value` at "ship.lines[0].product" of `event`. False for a path that
// is none, or that leads through what is not an object or a list.
bool SetField(std::string_view path, nlohmann::json value,
              nlohmann::json* event);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_CSV_MAPPING_H_
