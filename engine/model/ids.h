// What an id may look like: 1 to 64 of A-Z a-z 0-9 . _ : / -, compared byte
// by byte.

#ifndef TALLY_ENGINE_MODEL_IDS_H_
#define TALLY_ENGINE_MODEL_IDS_H_

#include <string_view>

#include "engine/model/limits.h"

namespace tally {

constexpr bool IsIdCharacter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= '0' && c <= '9') || c == '.' || c == '_' || c == ':' ||
         c == '/' || c == '-';
}

constexpr bool IsId(std::string_view text) {
  if (text.empty() || text.size() > kIdBytesMax) return false;
  for (const char c : text) {
    if (!IsIdCharacter(c)) return false;
  }
  return true;
}

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_IDS_H_
