#include "services/wire/text.h"

#include <algorithm>
#include <cstdint>

#include "engine/model/limits.h"

namespace tally::wire {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
uint8_t Byte(char c) { return static_cast<uint8_t>(c); }

// The length of the UTF-8 sequence that begins at `text`, 0 if none does.
size_t SequenceLength(std::string_view text) {
  const uint8_t first = Byte(text[0]);
  if (first < 0x80) return 1;
  size_t length = 0;
  uint32_t point = 0;
  if (first >= 0xc2 && first <= 0xdf) {
    length = 2;
    point = first & 0x1f;
  } else if (first >= 0xe0 && first <= 0xef) {
    length = 3;
    point = first & 0x0f;
  } else if (first >= 0xf0 && first <= 0xf4) {
    length = 4;
    point = first & 0x07;
  } else {
    return 0;
  }
  if (text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((Byte(text[i]) & 0xc0) != 0x80) return 0;
    point = point << 6 | (Byte(text[i]) & 0x3f);
  }
  if (length == 3 && point < 0x800) return 0;
  if (length == 4 && (point < 0x10000 || point > 0x10ffff)) return 0;
  if (point >= 0xd800 && point <= 0xdfff) return 0;
  return length;
}

bool AllOf(std::string_view text, bool (*is)(char)) {
  return std::all_of(text.begin(), text.end(), is);
}

}  // namespace

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool IsText(std::string_view text, bool lines) {
  bool ascii = true;
  for (const char c : text) {
    const uint8_t byte = Byte(c);
    if (byte >= 0x80) ascii = false;
    const bool line = lines && (c == '\n' || c == '\t');
    if ((byte < 0x20 && !line) || byte == 0x7f) return false;
  }
  return ascii || IsUtf8(text);
}

bool IsCountryCode(std::string_view text) {
  return text.size() == 2 && AllOf(text, [](char c) { return IsUpper(c); });
}

bool IsUnitCode(std::string_view text) {
  return (text.size() == 2 || text.size() == 3) &&
         AllOf(text, [](char c) { return IsUpper(c) || IsDigit(c); });
}

bool IsWord(std::string_view text) {
  return !text.empty() && text.size() <= kIdBytesMax && AllOf(text, [](char c) {
    return IsUpper(c) || IsDigit(c) || c == '_';
  });
}

bool IsLei(std::string_view text) {
  if (text.size() != 20) return false;
  int remainder = 0;
  for (const char c : text) {
    if (IsDigit(c)) {
      remainder = (remainder * 10 + (c - '0')) % 97;
    } else if (IsUpper(c)) {
      remainder = (remainder * 100 + (c - 'A' + 10)) % 97;
    } else {
      return false;
    }
  }
  return remainder == 1;
}

bool IsGln(std::string_view text) {
  if (text.size() != 13) return false;
  int sum = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!IsDigit(text[i])) return false;
    sum += (text[i] - '0') * (i % 2 == 0 ? 1 : 3);
  }
  return sum % 10 == 0;
}

std::string Quoted(std::string_view text, size_t bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string quoted;
  for (const char c : text) {
    const bool printable = c >= 0x20 && c < 0x7f;
    if (quoted.size() + (printable ? 1 : 4) > bytes) break;
    if (printable) {
      quoted.push_back(c);
    } else {
      quoted += "\\x";
      quoted.push_back(kDigits[Byte(c) >> 4]);
      quoted.push_back(kDigits[Byte(c) & 15]);
    }
  }
  return quoted;
}

}  // namespace tally::wire
