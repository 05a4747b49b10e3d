#include "tools/tally/table.h"

#include <utf8proc.h>

#include <algorithm>
#include <ostream>

#include "fmt/format.h"

namespace tally::cli {
namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kPlain = "\x1b[0m";
constexpr std::string_view kGap = "  ";

std::vector<int> WidthsOf(const Table& table) {
  std::vector<int> widths;
  for (const std::string& header : table.headers) {
    widths.push_back(DisplayWidth(header));
  }
  for (const std::vector<std::string>& row : table.rows) {
    for (size_t i = 0; i < widths.size() && i < row.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(Printable(row[i])));
    }
  }
  return widths;
}

// Without blanks at the end of the line.
std::string LineOf(const std::vector<std::string>& cells,
                   const std::vector<Align>& aligns,
                   const std::vector<int>& widths) {
  std::string line;
  for (size_t i = 0; i < widths.size(); ++i) {
    const std::string text = i < cells.size() ? Printable(cells[i]) : "";
    const std::string blanks(
        static_cast<size_t>(widths[i] - DisplayWidth(text)), ' ');
    if (i > 0) line += kGap;
    line += aligns[i] == Align::kRight ? blanks + text : text + blanks;
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string CsvCell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

int DisplayWidth(std::string_view text) {
  int width = 0;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code = -1;
    utf8proc_ssize_t size = utf8proc_iterate(at, left, &code);
    if (size <= 0) {
      size = 1;  // a broken byte shows as one mark
      width += 1;
    } else {
      width += utf8proc_charwidth(code);
    }
    at += size;
    left -= size;
  }
  return width;
}

std::string Printable(std::string_view text) {
  std::string printable;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      printable += fmt::format("\\x{:02x}", byte);
    } else {
      printable += c;
    }
  }
  return printable;
}

void PrintTable(const Table& table, bool has_colour, std::ostream& out) {
  const std::vector<int> widths = WidthsOf(table);
  const std::string header = LineOf(table.headers, table.aligns, widths);
  if (has_colour) {
    out << kBold << header << kPlain << '\n';
  } else {
    out << header << '\n';
  }
  for (const std::vector<std::string>& row : table.rows) {
    out << LineOf(row, table.aligns, widths) << '\n';
  }
}

void PrintCsvLine(const std::vector<std::string>& cells, std::ostream& out) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out << ',';
    out << CsvCell(cells[i]);
  }
  out << "\r\n";
}

void PrintCsv(const Table& table, std::ostream& out) {
  PrintCsvLine(table.headers, out);
  for (const std::vector<std::string>& row : table.rows) {
    PrintCsvLine(row, out);
  }
}

}  // namespace tally::cli
