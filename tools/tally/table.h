// A table of text: as aligned columns for people, or as CSV for programs.

#ifndef TALLY_TOOLS_TALLY_TABLE_H_
#define TALLY_TOOLS_TALLY_TABLE_H_

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace tally::cli {

enum class Align { kLeft, kRight };

struct Table {
  std::vector<std::string> headers;
  std::vector<Align> aligns;  // as many as headers
  std::vector<std::vector<std::string>> rows;
};

// How many columns of a terminal the UTF-8 `text` takes: none for combining
// marks, two for wide characters.
int DisplayWidth(std::string_view text);

// Control characters are shown as they would not be obeyed: "\n" as "\x0a".
std::string Printable(std::string_view text);

// A header in bold, where there is colour, and a line for each row.
void PrintTable(const Table& table, bool has_colour, std::ostream& out);

// RFC 4180: a header line, then the rows, with CRLF line ends.
void PrintCsv(const Table& table, std::ostream& out);
void PrintCsvLine(const std::vector<std::string>& cells, std::ostream& out);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_TABLE_H_
