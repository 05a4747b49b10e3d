#include "engine/profile/violation_list.h"

#include <utility>

#include "engine/model/limits.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace tally {
namespace {

constexpr size_t kShownBytesMax = 60;
constexpr size_t kPathBytesMax = 200;

bool IsContinuationByte(char c) { return (c & 0xC0) == 0x80; }

// Cuts at the start of a UTF-8 character.
std::string Cut(std::string text, size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  size_t end = bytes_max;
  while (end > 0 && IsContinuationByte(text[end])) --end;
  text.resize(end);
  return text + "…";
}

// Objects and lists are shown as what they are: writing them out would cost
// as much as the profile is large, for each mistake in it.
std::string Show(const nlohmann::json& value) {
  if (value.is_object()) return "{…}";
  if (value.is_array()) return "[…]";
  return Cut(
      value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
      kShownBytesMax);
}

}  // namespace

void ViolationList::Add(std::string_view path, const nlohmann::json& value,
                        std::string limit) {
  Append({.field = std::string(path),
          .value = Show(value),
          .limit = std::move(limit)});
}

void ViolationList::Add(std::string_view path, std::string limit) {
  Append({.field = std::string(path), .value = "", .limit = std::move(limit)});
}

void ViolationList::Append(Violation violation) {
  const size_t count = violations_->size() - first_;
  if (count >= kProfileViolationsMax) return;
  if (violation.field.empty()) violation.field = "profile";
  violation.field = Cut(std::move(violation.field), kPathBytesMax);
  if (count == kProfileViolationsMax - 1) {
    violation = {.field = "profile",
                 .value = "",
                 .limit =
                     "more mistakes follow; they are shown when these "
                     "are corrected"};
  }
  violations_->push_back(std::move(violation));
}

std::string JoinPath(std::string_view path, std::string_view key) {
  if (path.empty()) return std::string(key);
  return fmt::format("{}.{}", path, key);
}

std::string IndexPath(std::string_view path, size_t index) {
  return fmt::format("{}[{}]", path, index);
}

}  // namespace tally
