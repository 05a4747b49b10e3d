// Bytes as people compare them: two lower-case hexadecimal digits each.

#ifndef TALLY_ENGINE_BASE_HEX_H_
#define TALLY_ENGINE_BASE_HEX_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/sha256.h"

namespace tally {

inline std::string HexOf(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char byte : bytes) {
    text += kDigits[static_cast<uint8_t>(byte) >> 4];
    text += kDigits[static_cast<uint8_t>(byte) & 0xF];
  }
  return text;
}

inline std::string HexOf(const Sha256Digest& digest) {
  return HexOf(std::string_view(reinterpret_cast<const char*>(digest.data()),
                                digest.size()));
}

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_HEX_H_
