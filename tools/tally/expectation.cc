#include "tools/tally/expectation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/base/decimal.h"

namespace tally::cli {
namespace {

using nlohmann::json;

// The one way to write a number's value: "-4.50" and -4.5 are both "-4.5".
// nullopt for what is no number. Text alone, so that no number is too large.
std::optional<std::string> NumberOf(const json& in) {
  std::string text;
  if (in.is_string()) text = in.get<std::string>();
  if (in.is_number_integer()) text = in.dump();
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.erase(0, 1);
  const size_t point = std::min(text.find('.'), text.size());
  const auto is_digits = [&](size_t from, size_t to) {
    return from < to &&
           std::all_of(text.begin() + static_cast<long>(from),
                       text.begin() + static_cast<long>(to),
                       [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!is_digits(0, point)) return std::nullopt;
  if (point < text.size()) {
    if (!is_digits(point + 1, text.size())) return std::nullopt;
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
  }
  while (text.size() > 1 && text[0] == '0' && text[1] != '.') text.erase(0, 1);
  return is_negative && text != "0" ? "-" + text : text;
}

bool IsEmpty(const json& expected) {
  return expected.is_null() || (expected.is_array() && expected.empty());
}

bool ListHolds(const json& expected, const json& actual) {
  if (expected.size() != actual.size()) return false;
  std::vector<bool> is_used(actual.size(), false);
  for (const json& one : expected) {
    size_t i = 0;
    while (i < actual.size() && (is_used[i] || !Holds(one, actual[i]))) ++i;
    if (i == actual.size()) return false;
    is_used[i] = true;
  }
  return true;
}

}  // namespace

bool Holds(const json& expected, const json& actual) {
  if (expected.is_object()) {
    if (!actual.is_object()) return false;
    for (const auto& [key, value] : expected.items()) {
      // An answer leaves out what is empty.
      if (!actual.contains(key) && !IsEmpty(value)) return false;
      if (actual.contains(key) && !Holds(value, actual[key])) return false;
    }
    return true;
  }
  if (expected.is_array() && actual.is_array()) {
    return ListHolds(expected, actual);
  }
  const auto one = NumberOf(expected);
  const auto other = NumberOf(actual);
  if (one.has_value() && other.has_value()) return *one == *other;
  return expected == actual;
}

bool PercentageHolds(std::string_view expected, std::string_view actual) {
  const auto shown = ParseDecimal(expected);
  const auto value = ParseDecimal(actual);
  if (!shown.has_value() || !value.has_value()) return false;
  if (value->scale <= shown->scale) return Holds(expected, actual);
  const int128 rounded =
      Divide(value->mantissa, PowerOfTen(value->scale - shown->scale),
             Rounding::kHalfUp);
  return rounded == shown->mantissa;
}

json JoinSerials(const json& serials) {
  std::vector<std::tuple<std::string, int64_t, int64_t>> ranges;
  for (const json& range : serials) {
    if (!range.is_object() || !range.contains("block") ||
        !range["block"].is_string() ||
        !range.value("from", json()).is_number_integer() ||
        !range.value("to", json()).is_number_integer()) {
      return serials;  // not serials: it compares as it is
    }
    ranges.emplace_back(range["block"].get<std::string>(),
                        range["from"].get<int64_t>(),
                        range["to"].get<int64_t>());
  }
  std::sort(ranges.begin(), ranges.end());
  json joined = json::array();
  for (const auto& [block, from, to] : ranges) {
    if (!joined.empty() && joined.back()["block"] == block &&
        joined.back()["to"].get<int64_t>() + 1 == from) {
      joined.back()["to"] = to;
      continue;
    }
    joined.push_back({{"block", block}, {"from", from}, {"to", to}});
  }
  return joined;
}

}  // namespace tally::cli
