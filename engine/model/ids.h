// What an id may look like: 1 to 64 of A-Z a-z 0-9 . _ : / -, compared byte
// by byte.

#ifndef TALLY_ENGINE_MODEL_IDS_H_
#define TALLY_ENGINE_MODEL_IDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/model/limits.h"

namespace tally {

constexpr bool IsIdCharacter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= '0' && c <= '9') || c == '.' || c == '_' || c == ':' ||
         c == '/' || c == '-';
}

// IsIdCharacter() of each byte: ids are most of what a request holds.
inline constexpr std::array<bool, 256> kIdCharacters = [] {
  std::array<bool, 256> table{};
  for (int byte = 0; byte < 128; ++byte) {
    table[static_cast<size_t>(byte)] = IsIdCharacter(static_cast<char>(byte));
  }
  return table;
}();

constexpr bool IsId(std::string_view text) {
  if (text.empty() || text.size() > kIdBytesMax) return false;
  for (const char c : text) {
    if (!kIdCharacters[static_cast<uint8_t>(c)]) return false;
  }
  return true;
}

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_IDS_H_
