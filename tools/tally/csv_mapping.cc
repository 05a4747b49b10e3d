#include "tools/tally/csv_mapping.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>

#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "services/toml_text.h"

namespace tally::cli {
namespace {

using nlohmann::json;

constexpr size_t kListIndexMax = 99;
constexpr size_t kPathBytesMax = 200;

absl::Status Wrong(std::string_view key, std::string_view limit) {
  return absl::InvalidArgumentError(fmt::format("{}: must be {}", key, limit));
}

absl::Status CheckKeys(const toml::table& table, std::string_view where,
                       std::initializer_list<std::string_view> keys) {
  for (const auto& [key, value] : table) {
    if (std::find(keys.begin(), keys.end(), key.str()) == keys.end()) {
      return absl::InvalidArgumentError(
          fmt::format("{}{}: no such key", where, std::string(key.str())));
    }
  }
  return absl::OkStatus();
}

// The text at `key`; false where it is something else.
bool Text(const toml::table& table, std::string_view key, std::string* out) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return true;
  if (!node->is_string()) return false;
  *out = node->as_string()->get();
  return true;
}

absl::Status Character(const toml::table& table, std::string_view key,
                       char* out) {
  std::string text(1, *out);
  if (!Text(table, key, &text) || text.size() != 1) {
    return Wrong(key, "one character in quotes");
  }
  *out = text[0];
  return absl::OkStatus();
}

std::optional<CellForm> FormOf(std::string_view name) {
  if (name.empty() || name == "text") return CellForm::kText;
  if (name == "decimal") return CellForm::kDecimal;
  if (name == "date") return CellForm::kDate;
  if (name == "number") return CellForm::kNumber;
  return std::nullopt;
}

absl::StatusOr<MappedColumn> ReadColumn(const toml::table& in, size_t number) {
  const std::string where = fmt::format("column {}: ", number);
  RETURN_IF_ERROR(CheckKeys(in, where, {"header", "field", "as", "values"}));
  MappedColumn column;
  std::string form;
  if (!Text(in, "header", &column.header) || column.header.empty()) {
    return Wrong(where + "header", "the column's first line, in quotes");
  }
  if (!Text(in, "field", &column.field) || column.field.empty()) {
    return Wrong(where + "field", "a field of an event, in quotes");
  }
  if (!Text(in, "as", &form) || !FormOf(form).has_value()) {
    return Wrong(where + "as", "one of text, decimal, date, number");
  }
  column.form = *FormOf(form);
  const toml::node* values = in.get("values");
  if (values == nullptr) return column;
  if (!values->is_table()) return Wrong(where + "values", "a table of texts");
  for (const auto& [from, to] : *values->as_table()) {
    if (!to.is_string()) return Wrong(where + "values", "a table of texts");
    column.values[std::string(from.str())] = to.as_string()->get();
  }
  return column;
}

absl::Status ReadConstants(const toml::table& in, CsvMapping* mapping) {
  for (const auto& [field, value] : in) {
    json constant;
    if (value.is_string()) {
      constant = value.as_string()->get();
    } else if (value.is_integer()) {
      constant = value.as_integer()->get();
    } else if (value.is_boolean()) {
      constant = value.as_boolean()->get();
    } else {
      return Wrong(fmt::format("constants.{}", std::string(field.str())),
                   "text, a whole number, true or false");
    }
    mapping->constants.emplace_back(std::string(field.str()),
                                    std::move(constant));
  }
  return absl::OkStatus();
}

absl::Status ReadColumns(const toml::table& in, CsvMapping* mapping) {
  const toml::node* columns = in.get("column");
  if (columns == nullptr || !columns->is_array_of_tables()) {
    return Wrong("column", "given, each as [[column]]");
  }
  size_t number = 0;
  for (const toml::node& column : *columns->as_array()) {
    ASSIGN_OR_RETURN(MappedColumn read,
                     ReadColumn(*column.as_table(), ++number));
    mapping->columns.push_back(std::move(read));
  }
  return absl::OkStatus();
}

// Digits with a point, without what stands between thousands.
absl::StatusOr<json> ReadDecimal(const CsvMapping& mapping,
                                 std::string_view cell) {
  std::string text;
  for (const char c : cell) {
    if (mapping.grouping.find(c) != std::string::npos) continue;
    text += c == mapping.decimal ? '.' : c;
  }
  const bool is_decimal =
      !text.empty() && text.front() != '.' && text.back() != '.' &&
      std::count(text.begin(), text.end(), '.') <= 1 &&
      text.find_first_not_of("0123456789.") == std::string::npos &&
      (mapping.decimal == '.' || cell.find('.') == std::string_view::npos ||
       mapping.grouping.find('.') != std::string::npos);
  if (!is_decimal) {
    return absl::InvalidArgumentError(
        fmt::format("a decimal with `{}`", mapping.decimal));
  }
  return json(text);
}

// The digits where the pattern has `mark`, with as many as it has.
std::string Part(std::string_view pattern, std::string_view cell, char mark) {
  std::string part;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == mark) part += cell[i];
  }
  return part;
}

absl::StatusOr<json> ReadDate(const CsvMapping& mapping,
                              std::string_view cell) {
  const std::string_view pattern = mapping.date;
  bool fits = pattern.size() == cell.size();
  for (size_t i = 0; fits && i < pattern.size(); ++i) {
    const bool is_mark =
        std::string_view("YMD").find(pattern[i]) != std::string_view::npos;
    fits = is_mark ? cell[i] >= '0' && cell[i] <= '9' : cell[i] == pattern[i];
  }
  if (!fits) {
    return absl::InvalidArgumentError(fmt::format("a date as {}", pattern));
  }
  return json(fmt::format("{}-{}-{}", Part(pattern, cell, 'Y'),
                          Part(pattern, cell, 'M'), Part(pattern, cell, 'D')));
}

absl::StatusOr<json> ReadNumber(std::string_view cell) {
  int64_t number = 0;
  const auto [end, error] =
      std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (error != std::errc() || end != cell.data() + cell.size()) {
    return absl::InvalidArgumentError("a whole number");
  }
  return json(number);
}

std::string_view Trimmed(std::string_view cell) {
  while (cell.starts_with(' ') || cell.starts_with('\t')) cell.remove_prefix(1);
  while (cell.ends_with(' ') || cell.ends_with('\t')) cell.remove_suffix(1);
  return cell;
}

// "lines[0]" into a key and an index.
bool SplitIndex(std::string_view part, std::string* key,
                std::optional<size_t>* index) {
  const size_t open = part.find('[');
  *key = std::string(part.substr(0, open));
  index->reset();
  if (open == std::string_view::npos) return !key->empty();
  size_t number = 0;
  const char* const first = part.data() + open + 1;
  const char* const last = part.data() + part.size();
  const auto [end, error] = std::from_chars(first, last, number);
  if (error != std::errc() || end + 1 != last || *end != ']') return false;
  *index = number;
  return !key->empty() && number <= kListIndexMax;
}

}  // namespace

absl::StatusOr<CsvMapping> ReadMapping(std::string_view toml) {
  ASSIGN_OR_RETURN(const toml::table in, services::ParseToml(toml));
  RETURN_IF_ERROR(CheckKeys(
      in, "",
      {"separator", "decimal", "grouping", "date", "column", "constants"}));
  CsvMapping mapping;
  RETURN_IF_ERROR(Character(in, "separator", &mapping.separator));
  RETURN_IF_ERROR(Character(in, "decimal", &mapping.decimal));
  if (!Text(in, "grouping", &mapping.grouping)) {
    return Wrong("grouping", "text in quotes");
  }
  const auto marks = [&](char mark) {
    return std::count(mapping.date.begin(), mapping.date.end(), mark);
  };
  if (!Text(in, "date", &mapping.date) || marks('Y') != 4 || marks('M') != 2 ||
      marks('D') != 2) {
    return Wrong("date", "a pattern with YYYY, MM and DD");
  }
  RETURN_IF_ERROR(ReadColumns(in, &mapping));
  const toml::node* constants = in.get("constants");
  if (constants == nullptr) return mapping;
  if (!constants->is_table()) return Wrong("constants", "a table");
  RETURN_IF_ERROR(ReadConstants(*constants->as_table(), &mapping));
  return mapping;
}

absl::StatusOr<json> ReadCell(const CsvMapping& mapping,
                              const MappedColumn& column,
                              std::string_view cell) {
  cell = Trimmed(cell);
  if (cell.empty()) return json(nullptr);
  if (!column.values.empty()) {
    const auto found = column.values.find(std::string(cell));
    if (found != column.values.end()) return json(found->second);
    return absl::InvalidArgumentError("one of the mapping's `values`");
  }
  switch (column.form) {
    case CellForm::kText:
      return json(std::string(cell));
    case CellForm::kDecimal:
      return ReadDecimal(mapping, cell);
    case CellForm::kDate:
      return ReadDate(mapping, cell);
    case CellForm::kNumber:
      return ReadNumber(cell);
  }
  return json(nullptr);
}

bool SetField(std::string_view path, json value, json* event) {
  if (path.size() > kPathBytesMax) return false;
  json* at = event;
  while (!path.empty()) {
    const size_t end = std::min(path.find('.'), path.size());
    std::string key;
    std::optional<size_t> index;
    if (!SplitIndex(path.substr(0, end), &key, &index)) return false;
    if (!at->is_null() && !at->is_object()) return false;
    at = &(*at)[key];
    if (index.has_value()) {
      if (!at->is_null() && !at->is_array()) return false;
      at = &(*at)[*index];
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  *at = std::move(value);
  return true;
}

}  // namespace tally::cli
