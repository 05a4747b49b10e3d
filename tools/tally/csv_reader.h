// Reads CSV as RFC 4180 has it, and as spreadsheets write it: with a byte
// order mark, another separator, LF or CRLF, and line breaks in quotes.

#ifndef TALLY_TOOLS_TALLY_CSV_READER_H_
#define TALLY_TOOLS_TALLY_CSV_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace tally::cli {

inline constexpr size_t kCsvColumnsMax = 1'000;

struct CsvRow {
  int line = 0;  // where it begins, from 1
  std::vector<std::string> cells;
};

// Rows without any text are left out. InvalidArgument, with the line, for a
// quote that is not closed, text after a closing quote, or too many columns.
absl::StatusOr<std::vector<CsvRow>> ReadCsv(std::string_view text,
                                            char separator);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_CSV_READER_H_
