// A UUID as its 16 bytes: the idempotency key of an event.

#ifndef TALLY_ENGINE_BASE_UUID_H_
#define TALLY_ENGINE_BASE_UUID_H_

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tally {

struct Uuid {
  std::array<uint8_t, 16> bytes{};

  bool IsNil() const { return bytes == std::array<uint8_t, 16>{}; }
  // Lower case, 8-4-4-4-12.
  std::string ToString() const;
  std::string_view AsBytes() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  friend auto operator<=>(const Uuid&, const Uuid&) = default;

  template <typename H>
  friend H AbslHashValue(H hash, const Uuid& uuid) {
    uint64_t words[2];
    std::memcpy(words, uuid.bytes.data(), sizeof words);
    return H::combine(std::move(hash), words[0], words[1]);
  }
};

// 8-4-4-4-12 hexadecimal digits of either case; any version, not nil.
std::optional<Uuid> ParseUuid(std::string_view text);

// A stable UUID (version 8) of a name: the first bits of its SHA-256.
Uuid UuidOfName(std::string_view name);

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_UUID_H_
