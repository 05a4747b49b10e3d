// What is wrong with bytes that were to be decoded, and where in them.

#ifndef TALLY_ENGINE_LOG_DECODE_ERROR_H_
#define TALLY_ENGINE_LOG_DECODE_ERROR_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "fmt/format.h"

namespace tally {

// The first thing that was wrong. The path grows from the inside out, as the
// messages that hold the place are left.
struct DecodeError {
  const char* what = nullptr;
  const char* at = nullptr;
  std::string path;  // "ship.lines[3].quantity"

  bool ok() const { return what == nullptr; }

  // The place is in `name`, or is `name`.
  void Within(std::string_view name) {
    path = path.empty() ? std::string(name) : fmt::format("{}.{}", name, path);
  }
  void Within(std::string_view name, size_t element) {
    Within(fmt::format("{}[{}]", name, element));
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_DECODE_ERROR_H_
