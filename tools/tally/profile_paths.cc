#include "tools/tally/profile_paths.h"

#include <algorithm>
#include <functional>
#include <map>

#include "fmt/format.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;
using Visit = std::function<bool(const std::string&, const ordered_json&)>;

// Every value with its path, parents first. `visit` answers whether to go
// into it. A stack of our own: a profile's depth is its writer's choice.
void Walk(const ordered_json& profile, const Visit& visit) {
  std::vector<std::pair<std::string, const ordered_json*>> open = {
      {"", &profile}};
  while (!open.empty()) {
    const auto [path, value] = open.back();
    open.pop_back();
    if (!visit(path, *value)) continue;
    const size_t first = open.size();
    if (value->is_object()) {
      for (const auto& [key, child] : value->items()) {
        open.emplace_back(path.empty() ? key : path + "." + key, &child);
      }
    } else if (value->is_array()) {
      for (size_t i = 0; i < value->size(); ++i) {
        open.emplace_back(fmt::format("{}[{}]", path, i), &(*value)[i]);
      }
    }
    std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
  }
}

// Whether a path ends with these keys.
bool EndsWith(std::string_view path, std::string_view key) {
  if (!path.ends_with(key)) return false;
  path.remove_suffix(key.size());
  return path.empty() || path.back() == '.';
}

// Where its values come from is no part of what a profile says.
bool IsAbout(std::string_view path) {
  return path == "sources" || path == "citations" || path == "not_found";
}

std::map<std::string, ordered_json> ByPath(
    const std::vector<PathValue>& leaves) {
  return {leaves.begin(), leaves.end()};
}

}  // namespace

std::vector<PathValue> Leaves(const ordered_json& profile) {
  std::vector<PathValue> leaves;
  Walk(profile, [&](const std::string& path, const ordered_json& value) {
    if (value.is_structured() && !value.empty()) return true;
    leaves.emplace_back(path, value);
    return false;
  });
  return leaves;
}

std::vector<PathValue> ValuesOf(std::string_view key,
                                const ordered_json& profile) {
  std::vector<PathValue> found;
  Walk(profile, [&](const std::string& path, const ordered_json& value) {
    if (IsAbout(path)) return false;
    if (path.empty() || !EndsWith(path, key)) return true;
    found.emplace_back(path, value);
    return false;
  });
  return found;
}

std::string SourceOf(const std::string& path, const ordered_json& profile) {
  const auto sources = profile.find("sources");
  if (sources == profile.end() || !sources->is_object()) return "";
  std::string_view part = path;
  while (!part.empty()) {
    const auto found = sources->find(std::string(part));
    if (found != sources->end()) return found->get<std::string>();
    const size_t cut = part.find_last_of(".[");
    part = part.substr(0, cut == std::string_view::npos ? 0 : cut);
  }
  return "";
}

std::vector<ProfileDifference> Compare(const ordered_json& one,
                                       const ordered_json& other) {
  const std::vector<PathValue> ones = Leaves(one);
  const std::vector<PathValue> others = Leaves(other);
  const auto in_one = ByPath(ones);
  const auto in_other = ByPath(others);
  std::vector<ProfileDifference> differences;
  for (const auto& [path, value] : ones) {
    const auto found = in_other.find(path);
    if (found == in_other.end()) {
      differences.push_back({path, value, nullptr});
    } else if (found->second != value) {
      differences.push_back({path, value, found->second});
    }
  }
  for (const auto& [path, value] : others) {
    if (!in_one.contains(path)) differences.push_back({path, nullptr, value});
  }
  return differences;
}

}  // namespace tally::cli
