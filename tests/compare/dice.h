// Chance that a seed fixes, on every machine: no distribution of the standard
// library, whose results differ between implementations. Or that bytes fix, as
// long as there are any: a fuzzer, that changes them, so changes what is drawn.

#ifndef TALLY_TESTS_COMPARE_DICE_H_
#define TALLY_TESTS_COMPARE_DICE_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace tally::compare {

class Dice {
 public:
  explicit Dice(uint64_t seed) : engine_(seed) {}
  explicit Dice(std::string bytes) : bytes_(std::move(bytes)), engine_(1) {}

  // Whether the bytes are used up, and the rest is the same for all.
  bool spent() const { return next_ >= bytes_.size(); }

  // From `low` to `high`, both included.
  int64_t Number(int64_t low, int64_t high) {
    const auto span = static_cast<uint64_t>(high - low) + 1;
    return low + static_cast<int64_t>(Draw(span) % span);
  }
  bool Percent(int64_t chance) { return Number(1, 100) <= chance; }

  // Of a list that is not empty.
  template <typename T>
  const T& Of(const std::vector<T>& list) {
    return list[static_cast<size_t>(
        Number(0, static_cast<int64_t>(list.size()) - 1))];
  }
  std::string Of(std::initializer_list<const char*> list) {
    return *(list.begin() + Number(0, static_cast<int64_t>(list.size()) - 1));
  }

  // A UUID of version 4.
  std::string Uuid() {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
    for (char& c : text) {
      if (c == 'x') c = kDigits[engine_() % 16];
    }
    return text;
  }

 private:
  // As many bytes as a number below `span` takes.
  uint64_t Draw(uint64_t span) {
    if (spent()) return engine_();
    uint64_t drawn = 0;
    for (uint64_t left = span - 1; left > 0 && !spent(); left >>= 8) {
      drawn = drawn << 8 | static_cast<uint8_t>(bytes_[next_++]);
    }
    return drawn;
  }

  std::string bytes_;
  size_t next_ = 0;
  std::mt19937_64 engine_;
};

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_DICE_H_
