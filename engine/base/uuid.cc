#include "engine/base/uuid.h"

#include <algorithm>

#include "engine/base/sha256.h"

namespace tally {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsDash(size_t pos) {
  return pos == 8 || pos == 13 || pos == 18 || pos == 23;
}

}  // namespace

std::string Uuid::ToString() const {
  std::string text;
  text.reserve(36);
  for (const uint8_t byte : bytes) {
    if (IsDash(text.size())) text.push_back('-');
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

std::optional<Uuid> ParseUuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid uuid;
  size_t nibble = 0;
  for (size_t pos = 0; pos < text.size(); ++pos) {
    if (IsDash(pos)) {
      if (text[pos] != '-') return std::nullopt;
      continue;
    }
    const int value = HexValue(text[pos]);
    if (value < 0) return std::nullopt;
    uint8_t& byte = uuid.bytes[nibble / 2];
    byte = static_cast<uint8_t>(byte << 4 | value);
    ++nibble;
  }
  if (uuid.IsNil()) return std::nullopt;
  return uuid;
}

Uuid UuidOfName(std::string_view name) {
  const Sha256Digest digest = Sha256(name);
  Uuid uuid;
  std::copy_n(digest.begin(), uuid.bytes.size(), uuid.bytes.begin());
  uuid.bytes[6] = static_cast<uint8_t>((uuid.bytes[6] & 0x0f) | 0x80);
  uuid.bytes[8] = static_cast<uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
  return uuid;
}

}  // namespace tally
