// The bytes of a fuzzed input, taken from the front: choices first, and what
// is left is the text that is tried.

#ifndef TALLY_TESTS_FUZZ_PORTIONS_H_
#define TALLY_TESTS_FUZZ_PORTIONS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tally::fuzz {

class Portions {
 public:
  Portions(const uint8_t* bytes, size_t size)
      : rest_(reinterpret_cast<const char*>(bytes), size) {}

  // 0 where nothing is left.
  uint8_t Byte() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  // Up to the next `end`, which is taken too; all that is left without one.
  std::string_view Until(std::string_view end) {
    const size_t at = rest_.find(end);
    const std::string_view taken = rest_.substr(0, at);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size()
                                                     : at + end.size());
    return taken;
  }
  std::string_view Rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace tally::fuzz

#endif  // TALLY_TESTS_FUZZ_PORTIONS_H_
