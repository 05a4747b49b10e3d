// Varints: seven bits a byte, lowest first, the high bit set on all bytes but
// the last. Only the shortest form is one. Signed numbers go through ZigZag()
// where they may be below zero.

#ifndef TALLY_ENGINE_STORAGE_VARINT_H_
#define TALLY_ENGINE_STORAGE_VARINT_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tally {

inline constexpr int kVarintBytesMax = 10;

constexpr int VarintBytes(uint64_t value) {
  return (70 - std::countl_zero(value | 1)) / 7;
}

// Writes at `at`, where there is room for VarintBytes(value); the byte after.
inline char* PutVarint(uint64_t value, char* at) {
  for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
  *at++ = static_cast<char>(value);
  return at;
}

inline void AppendVarint(uint64_t value, std::string* out) {
  char bytes[kVarintBytesMax];
  const char* end = PutVarint(value, bytes);
  out->append(bytes, static_cast<size_t>(end - bytes));
}

// Takes one off the front of [at, end): the byte after it, or nullptr where
// there is none in its shortest form.
inline const char* TakeVarint(const char* at, const char* end,
                              uint64_t* value) {
  uint64_t result = 0;
  for (int shift = 0; at != end && shift < 70; shift += 7) {
    const auto byte = static_cast<uint8_t>(*at++);
    // The tenth byte has room for the 64th bit alone.
    if (shift == 63 && byte > 1) return nullptr;
    result |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      if (byte == 0 && shift > 0) return nullptr;
      *value = result;
      return at;
    }
  }
  return nullptr;
}

// Small numbers of either sign become small ones: 0, -1, 1, -2 are 0, 1, 2, 3.
constexpr uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^
         static_cast<uint64_t>(value >> 63);
}
constexpr int64_t FromZigZag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

// Takes varints from the front of stored bytes. After one that is not there
// it gives zeros and is not ok.
class VarintReader {
 public:
  explicit VarintReader(std::string_view bytes)
      : at_(bytes.data()), end_(at_ + bytes.size()) {}

  uint64_t Next() {
    uint64_t value = 0;
    const char* after = ok_ ? TakeVarint(at_, end_, &value) : nullptr;
    ok_ = after != nullptr;
    if (ok_) at_ = after;
    return ok_ ? value : 0;
  }
  int64_t NextSigned() { return FromZigZag(Next()); }
  std::string_view NextBytes(size_t count) {
    ok_ = ok_ && static_cast<size_t>(end_ - at_) >= count;
    if (!ok_) return {};
    const std::string_view bytes(at_, count);
    at_ += count;
    return bytes;
  }

  bool ok() const { return ok_; }
  bool AtEnd() const { return ok_ && at_ == end_; }

 private:
  const char* at_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STORAGE_VARINT_H_
