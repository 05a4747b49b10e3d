#include "engine/profile/parse_citations.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/model/limits.h"
#include "fmt/format.h"

namespace tally {
namespace {

using nlohmann::json;

constexpr int kRuleMax = 59;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "R01" to "R59".
bool IsRule(std::string_view text) {
  if (text.size() != 3 || text[0] != 'R') return false;
  if (!IsDigit(text[1]) || !IsDigit(text[2])) return false;
  const int number = (text[1] - '0') * 10 + (text[2] - '0');
  return number >= 1 && number <= kRuleMax;
}

// The longest key of `object` that `path` begins with. Ids may hold dots, so
// that a path is not simply cut at them.
std::string_view LongestKey(const json& object, std::string_view path) {
  std::string_view longest;
  for (const auto& [key, value] : object.items()) {
    if (key.size() < longest.size() || !path.starts_with(key)) continue;
    const std::string_view rest = path.substr(key.size());
    if (rest.empty() || rest[0] == '.' || rest[0] == '[') {
      longest = path.substr(0, key.size());
    }
  }
  return longest;
}

// The "[2]" that `*path` begins with, taken off it.
std::optional<size_t> TakeIndex(std::string_view* path) {
  size_t index = 0;
  size_t pos = 1;
  while (pos < path->size() && IsDigit((*path)[pos]) && pos < 6) {
    index = index * 10 + static_cast<size_t>((*path)[pos] - '0');
    ++pos;
  }
  if (pos == 1 || pos >= path->size() || (*path)[pos] != ']') {
    return std::nullopt;
  }
  path->remove_prefix(pos + 1);
  return index;
}

// Whether `path` leads to a value: "conversions[0].outputs[1].factor".
bool Exists(const json& root, std::string_view path) {
  const json* at = &root;
  bool first = true;
  while (!path.empty()) {
    if (path[0] == '[') {
      const std::optional<size_t> index = TakeIndex(&path);
      if (!index || !at->is_array() || *index >= at->size()) return false;
      at = &(*at)[*index];
      continue;
    }
    if (!first) {
      if (path[0] != '.') return false;
      path.remove_prefix(1);
    }
    first = false;
    if (!at->is_object()) return false;
    const std::string_view key = LongestKey(*at, path);
    if (key.empty()) return false;
    at = &(*at)[std::string(key)];
    path.remove_prefix(key.size());
  }
  return !first;
}

// Reads the texts of an object whose keys are subjects.
void ReadTexts(ObjectReader* reader, std::vector<Citation>* texts) {
  if (reader->value().size() > kProfileListMax) {
    reader->violations()->Add(reader->path(),
                              fmt::format("at most {} keys", kProfileListMax));
    return;
  }
  for (const auto& [subject, value] : reader->value().items()) {
    Citation citation{.subject = subject, .text = ""};
    reader->ReadText(subject, kTextBytesMax, &citation.text);
    texts->push_back(std::move(citation));
  }
}

}  // namespace

void ParseCitations(ObjectReader* root, Profile* profile) {
  const json* child = root->Child("citations");
  if (child == nullptr) return;
  ObjectReader reader(*child, "citations", root->violations());
  ReadTexts(&reader, &profile->citations);
  for (const Citation& citation : profile->citations) {
    if (IsRule(citation.subject)) continue;
    reader.Refuse(citation.subject,
                  fmt::format("as a key, a rule from R01 to R{}", kRuleMax));
  }
}

void ParseSources(ObjectReader* root, Profile* profile) {
  const json* child = root->Child("sources");
  if (child == nullptr) return;
  ObjectReader reader(*child, "sources", root->violations());
  ReadTexts(&reader, &profile->sources);
  for (const Citation& source : profile->sources) {
    if (Exists(root->value(), source.subject)) continue;
    reader.Refuse(source.subject,
                  "as a key, the path of a value in this profile, like "
                  "conversions[0].max_total");
  }
}

void ParseNotFound(ObjectReader* root, Profile* profile) {
  root->ReadList("not_found", ListOf::kTexts, &profile->not_found);
}

}  // namespace tally
