#include "tools/tally/shape.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace tally::cli {

using nlohmann::json;

bool Shape::Keys(const json& in, const std::string& path,
                 const std::vector<std::string_view>& keys) {
  if (!in.is_object()) {
    Note(path, "an object");
    return false;
  }
  for (const auto& [key, value] : in.items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      Note(KeyPath(path, key),
           fmt::format("one of the keys {}", fmt::join(keys, ", ")));
    }
  }
  return true;
}

bool Shape::Has(const json& in, const std::string& path, std::string_view key) {
  if (in.contains(key)) return true;
  Note(KeyPath(path, key), "given");
  return false;
}

bool Shape::Text(const json& in, const std::string& path) {
  if (in.is_string()) return true;
  Note(path, "text in quotes");
  return false;
}

bool Shape::List(const json& in, const std::string& path) {
  if (in.is_array()) return true;
  Note(path, "a list");
  return false;
}

bool Shape::ListOfTexts(const json& in, const std::string& path) {
  if (!List(in, path)) return false;
  bool all = true;
  for (size_t i = 0; i < in.size(); ++i) {
    all = Text(in[i], IndexPath(path, i)) && all;
  }
  return all;
}

void Shape::Note(const std::string& path, std::string limit) {
  if (problems_->size() >= authoring::kProblemsMax) return;
  problems_->push_back({.path = path, .value = "", .limit = std::move(limit)});
}

std::string KeyPath(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

std::string IndexPath(const std::string& path, size_t index) {
  return fmt::format("{}[{}]", path, index);
}

}  // namespace tally::cli
