#include "tools/tally/cells.h"

#include <algorithm>

#include "fmt/format.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

std::string ObjectText(const ordered_json& value) {
  if (value.contains("scheme") && value.contains("model")) {
    return fmt::format("{} {}", CellText(value["scheme"]),
                       CellText(value["model"]));
  }
  if (value.contains("block") && value.contains("from") &&
      value.contains("to")) {
    return fmt::format("{} {}-{}", CellText(value["block"]),
                       CellText(value["from"]), CellText(value["to"]));
  }
  if (value.contains("code")) return CellText(value["code"]);
  if (value.contains("product") && value.contains("remaining")) {
    return fmt::format("{} {}", CellText(value["product"]),
                       CellText(value["remaining"]));
  }
  if (value.contains("product") && value.contains("quantity")) {
    return fmt::format("{} {}", CellText(value["product"]),
                       CellText(value["quantity"]));
  }
  std::string text;
  for (const auto& [key, part] : value.items()) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{}={}", key, CellText(part));
  }
  return text;
}

}  // namespace

// The depth of the recursion is that of the messages of the API.
std::string CellText(const ordered_json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "";
  if (value.is_object()) return ObjectText(value);
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const ordered_json& part : value) {
    if (!text.empty()) text += ", ";
    text += CellText(part);
  }
  return text;
}

const ordered_json* At(const ordered_json& row, const std::string& path) {
  const ordered_json* at = &row;
  size_t from = 0;
  while (from < path.size()) {
    const size_t end = std::min(path.find('.', from), path.size());
    const std::string key = path.substr(from, end - from);
    if (!at->is_object() || !at->contains(key)) return nullptr;
    at = &(*at)[key];
    from = end + 1;
  }
  return at;
}

Table TableOf(const std::vector<Column>& columns,
              const std::vector<ordered_json>& rows) {
  Table table;
  for (const Column& column : columns) {
    table.headers.push_back(column.header);
    table.aligns.push_back(column.align);
  }
  for (const ordered_json& row : rows) {
    std::vector<std::string> cells;
    for (const Column& column : columns) {
      std::string text = column.absent;
      for (const std::string& path : column.paths) {
        const ordered_json* value = At(row, path);
        if (value == nullptr) continue;
        text = CellText(*value);
        break;
      }
      cells.push_back(std::move(text));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace tally::cli
