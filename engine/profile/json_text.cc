#include "engine/profile/json_text.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/model/limits.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace tally {
namespace {

using nlohmann::json;

// Walks the text without building anything. Returning false ends the walk.
class TextCheck final : public nlohmann::json_sax<json> {
 public:
  // Both must outlive this.
  TextCheck(std::string_view text, ViolationList* violations)
      : text_(text), violations_(violations) {}

  bool null() override { return Value(); }
  bool boolean(bool) override { return Value(); }
  bool number_integer(number_integer_t) override { return Value(); }
  bool number_unsigned(number_unsigned_t) override { return Value(); }
  bool number_float(number_float_t, const string_t&) override {
    return Value();
  }
  bool string(string_t&) override { return Value(); }
  bool binary(binary_t&) override { return Value(); }

  bool start_object(size_t) override { return Open({.is_array = false}); }
  bool end_object() override { return Close(); }
  bool start_array(size_t) override { return Open({.is_array = true}); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    Level& level = levels_.back();
    level.key = name;
    if (!level.keys.insert(name).second) {
      violations_->Add(Path(), "a key that the object does not have twice");
    }
    return true;
  }

  bool parse_error(size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    const std::string_view before =
        text_.substr(0, std::min(position, text_.size()));
    const auto line = 1 + std::ranges::count(before, '\n');
    const size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    violations_->Add(Path(), fmt::format("JSON; this is not, at line {}, "
                                         "column {}",
                                         line, before.size() - line_start));
    return false;
  }

 private:
  struct Level {
    bool is_array = false;
    size_t index = 0;
    std::string key;
    std::unordered_set<std::string> keys;
  };

  bool Value() {
    if (!levels_.empty()) ++levels_.back().index;
    return true;
  }

  bool Open(Level level) {
    levels_.push_back(std::move(level));
    if (levels_.size() <= kProfileDepthMax) return true;
    levels_.pop_back();
    violations_->Add(
        Path(), fmt::format("at most {} levels of nesting", kProfileDepthMax));
    return false;
  }

  bool Close() {
    levels_.pop_back();
    return Value();
  }

  std::string Path() const {
    std::string path;
    for (const Level& level : levels_) {
      path = level.is_array ? IndexPath(path, level.index)
                            : JoinPath(path, level.key);
    }
    return path;
  }

  const std::string_view text_;
  ViolationList* const violations_;
  std::vector<Level> levels_;
};

}  // namespace

std::optional<json> ReadJson(std::string_view text, ViolationList* violations) {
  if (text.size() > kProfileBytesMax) {
    violations->Add("", fmt::format("at most {} bytes, not {}",
                                    kProfileBytesMax, text.size()));
    return std::nullopt;
  }
  TextCheck check(text, violations);
  if (!json::sax_parse(text, &check)) return std::nullopt;
  json tree = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (tree.is_discarded()) {
    violations->Add("", "JSON");
    return std::nullopt;
  }
  return tree;
}

}  // namespace tally
