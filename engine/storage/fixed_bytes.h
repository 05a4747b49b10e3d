// Integers of fixed width in stored bytes. Keys are big-endian, so that they
// sort as their numbers do; headers are little-endian.
//
//   std::string key;
//   AppendBig64(position, &key);
//   FixedReader reader(bytes);
//   uint32_t count = reader.Little32();
//   if (!reader.ok()) ...

#ifndef TALLY_ENGINE_STORAGE_FIXED_BYTES_H_
#define TALLY_ENGINE_STORAGE_FIXED_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tally {

inline void AppendBig(uint64_t value, int bytes, std::string* out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>((value >> shift) & 0xFF));
  }
}
inline void AppendBig32(uint32_t value, std::string* out) {
  AppendBig(value, 4, out);
}
inline void AppendBig64(uint64_t value, std::string* out) {
  AppendBig(value, 8, out);
}

inline void AppendLittle(uint64_t value, int bytes, std::string* out) {
  for (int i = 0; i < bytes; ++i) {
    out->push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
  }
}
inline void AppendLittle16(uint16_t value, std::string* out) {
  AppendLittle(value, 2, out);
}
inline void AppendLittle32(uint32_t value, std::string* out) {
  AppendLittle(value, 4, out);
}
inline void AppendLittle64(uint64_t value, std::string* out) {
  AppendLittle(value, 8, out);
}

// Signed numbers in keys: shifted, so that negative ones sort first.
inline uint32_t Sortable(int32_t value) {
  return static_cast<uint32_t>(value) ^ 0x80000000U;
}
inline int32_t FromSortable(uint32_t value) {
  return static_cast<int32_t>(value ^ 0x80000000U);
}

// Takes numbers from the front. Reading past the end gives zeros and makes
// it not ok.
class FixedReader {
 public:
  explicit FixedReader(std::string_view bytes) : rest_(bytes) {}

  std::string_view Bytes(size_t count) {
    if (rest_.size() < count) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  uint64_t Big(int bytes) {
    uint64_t value = 0;
    for (const char byte : Bytes(static_cast<size_t>(bytes))) {
      value = value << 8 | static_cast<uint8_t>(byte);
    }
    return value;
  }
  uint32_t Big32() { return static_cast<uint32_t>(Big(4)); }
  uint64_t Big64() { return Big(8); }

  uint64_t Little(int bytes) {
    uint64_t value = 0;
    int shift = 0;
    for (const char byte : Bytes(static_cast<size_t>(bytes))) {
      value |= static_cast<uint64_t>(static_cast<uint8_t>(byte)) << shift;
      shift += 8;
    }
    return value;
  }
  uint16_t Little16() { return static_cast<uint16_t>(Little(2)); }
  uint32_t Little32() { return static_cast<uint32_t>(Little(4)); }
  uint64_t Little64() { return Little(8); }

  bool ok() const { return ok_; }
  // Everything was there, and nothing is left.
  bool AtEnd() const { return ok_ && rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STORAGE_FIXED_BYTES_H_
