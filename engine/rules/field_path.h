// The path of a field within an event: "ship.lines[0].claim.scheme".
//
// Most events are accepted, and then nobody reads it: it is put into words
// only where a refusal tells it. Names are literals or the event's own.
//
//   const FieldPath line = FieldPath("ship.lines").At(i);
//   FindProduct(c, line.Of("product"), named.product);

#ifndef TALLY_ENGINE_RULES_FIELD_PATH_H_
#define TALLY_ENGINE_RULES_FIELD_PATH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "fmt/format.h"

namespace tally {

class FieldPath {
 public:
  // Implicit, since a name is the simplest path.
  FieldPath(std::string_view name = "")  // NOLINT(google-explicit-constructor)
      : names_{name}, size_(1) {}
  FieldPath(const char* name)  // NOLINT(google-explicit-constructor)
      : FieldPath(std::string_view(name)) {}

  // The field `name` of this one.
  FieldPath Of(std::string_view name) const {
    TALLY_CHECK(size_ < kNamesMax);
    FieldPath path = *this;
    path.names_[path.size_++] = name;
    return path;
  }

  // An element of this list; a path has one list at most.
  FieldPath At(size_t index) const {
    TALLY_CHECK(list_ < 0);
    FieldPath path = *this;
    path.list_ = static_cast<int8_t>(size_ - 1);
    path.index_ = index;
    return path;
  }

  bool empty() const { return size_ == 1 && names_[0].empty(); }

  std::string Text() const {
    std::string text;
    for (size_t i = 0; i < size_; ++i) {
      if (i > 0) text += ".";
      text += names_[i];
      if (list_ == static_cast<int>(i)) text += fmt::format("[{}]", index_);
    }
    return text;
  }

 private:
  static constexpr size_t kNamesMax = 4;

  std::array<std::string_view, kNamesMax> names_;
  size_t index_ = 0;
  uint8_t size_;
  int8_t list_ = -1;  // the name that the index follows
};

}  // namespace tally

template <>
struct fmt::formatter<tally::FieldPath> : fmt::formatter<std::string> {
  auto format(const tally::FieldPath& path,
              fmt::format_context& context) const {
    return fmt::formatter<std::string>::format(path.Text(), context);
  }
};

#endif  // TALLY_ENGINE_RULES_FIELD_PATH_H_
