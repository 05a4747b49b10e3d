#include "services/authoring/json_text.h"

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "fmt/format.h"

namespace tally::authoring {
namespace {

using nlohmann::json;

// Sees each object's keys as they come, because the parsed value keeps only
// the last of two equal ones.
class KeyCheck {
 public:
  // False stops the parser from keeping the value; the error says why.
  bool operator()(int depth, json::parse_event_t event, const json& parsed) {
    if (depth > kJsonDepthMax && problem_.empty()) {
      problem_ = fmt::format("nests deeper than {} levels", kJsonDepthMax);
    }
    if (!problem_.empty()) return false;
    switch (event) {
      case json::parse_event_t::object_start:
        keys_.emplace_back();
        break;
      case json::parse_event_t::object_end:
        keys_.pop_back();
        break;
      case json::parse_event_t::key: {
        const auto& key = parsed.get_ref<const std::string&>();
        if (!keys_.back().insert(key).second) {
          problem_ =
              fmt::format("the key `{}` stands twice in one object", key);
          return false;
        }
        break;
      }
      case json::parse_event_t::array_start:
      case json::parse_event_t::array_end:
      case json::parse_event_t::value:
        break;
    }
    return true;
  }

  const std::string& problem() const { return problem_; }

 private:
  std::vector<std::set<std::string>> keys_;
  std::string problem_;
};

// "[json.exception.parse_error.101] parse error at line …" without its head.
std::string WithoutHead(std::string_view what) {
  const size_t end = what.find("] ");
  if (end != std::string_view::npos) what.remove_prefix(end + 2);
  return std::string(what);
}

}  // namespace

absl::StatusOr<json> ParseJson(std::string_view text) {
  KeyCheck check;
  try {
    json parsed = json::parse(
        text, [&check](int depth, json::parse_event_t event, json& value) {
          return check(depth, event, value);
        });
    if (!check.problem().empty()) {
      return absl::InvalidArgumentError(check.problem());
    }
    return parsed;
  } catch (const json::exception& error) {
    return absl::InvalidArgumentError(WithoutHead(error.what()));
  }
}

}  // namespace tally::authoring
