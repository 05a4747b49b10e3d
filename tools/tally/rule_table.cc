#include "tools/tally/rule_table.h"

#include <cctype>

#include "tools/tally/rule_page.h"

namespace tally::cli {
namespace {

constexpr size_t kCells = 5;

std::string Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

// The cells of "| a | b |"; none of a line that is no row.
std::vector<std::string> CellsOf(std::string_view line) {
  std::vector<std::string> cells;
  if (!line.starts_with('|')) return cells;
  line.remove_prefix(1);
  for (size_t bar = line.find('|'); bar != std::string_view::npos;
       bar = line.find('|')) {
    cells.push_back(Trimmed(line.substr(0, bar)));
    line.remove_prefix(bar + 1);
  }
  return cells;
}

// What stands between backquotes.
std::vector<std::string> QuotedIn(std::string_view cell) {
  std::vector<std::string> quoted;
  size_t open = cell.find('`');
  while (open != std::string_view::npos) {
    const size_t close = cell.find('`', open + 1);
    if (close == std::string_view::npos) break;
    quoted.emplace_back(cell.substr(open + 1, close - open - 1));
    open = cell.find('`', close + 1);
  }
  return quoted;
}

bool IsRule(std::string_view cell) {
  return cell.size() == 3 && cell[0] == 'R' &&
         std::isdigit(static_cast<unsigned char>(cell[1])) != 0;
}

RuleRow RowOf(const std::vector<std::string>& cells) {
  const std::vector<std::string> answers = QuotedIn(cells[2]);
  std::string answer = cells[2] == "–" ? "" : cells[2];
  if (!answers.empty()) answer = answers.front();
  return {.rule = cells[0],
          .keeps = cells[1],
          .answer = answer,
          .keys = QuotedIn(cells[3]),
          .enforced = cells[4]};
}

}  // namespace

std::vector<RuleRow> ReadRuleRows(std::string_view page) {
  std::vector<RuleRow> rows;
  while (!page.empty()) {
    const size_t end = page.find('\n');
    const std::string_view line = page.substr(0, end);
    page.remove_prefix(end == std::string_view::npos ? page.size() : end + 1);
    const std::vector<std::string> cells = CellsOf(line);
    if (cells.size() == kCells && IsRule(cells[0])) {
      rows.push_back(RowOf(cells));
    } else if (!rows.empty()) {
      break;
    }
  }
  return rows;
}

const std::vector<RuleRow>& RuleRows() {
  static const std::vector<RuleRow> rows = ReadRuleRows(RulePage());
  return rows;
}

}  // namespace tally::cli
