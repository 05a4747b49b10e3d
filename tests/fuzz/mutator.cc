#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tally::fuzz {
namespace {

// Bytes that mean something to one format or another.
constexpr std::string_view kChars("\0\1\x7f\x80\xff\n\r\t {}[]\":;,.+-/=09aZ",
                                  31);
// Numbers at which something ends.
constexpr std::array<std::string_view, 12> kTexts = {
    "0",
    "-1",
    "9223372036854775807",
    "1e999",
    "2147483648",
    "18446744073709551615",
    "2024-02-29",
    "9999-12-31",
    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    "\xef\xbf\xbd",
    "null",
    "\xff\xff\xff\xff"};
constexpr size_t kPieceBytesMax = 64;

}  // namespace

char Mutator::SomeChar() {
  return Below(2) == 0 ? kChars[Below(kChars.size())]
                       : static_cast<char>(Below(256));
}

std::string Mutator::Piece() {
  const std::string& from = Some();
  if (from.empty()) return "";
  return from.substr(Below(from.size()), 1 + Below(kPieceBytesMax));
}

void Mutator::Change(std::string* input) {
  const size_t at = Below(input->size() + 1);
  const size_t count = 1 + Below(Below(4) == 0 ? kPieceBytesMax : 4);
  switch (Below(10)) {
    case 0:
      if (at < input->size()) {
        (*input)[at] = static_cast<char>((*input)[at] ^ (1 << Below(8)));
      }
      return;
    case 1:
      if (at < input->size()) (*input)[at] = SomeChar();
      return;
    case 2:
      if (at < input->size()) {
        (*input)[at] = static_cast<char>((*input)[at] + Below(9) - 4);
      }
      return;
    case 3:
      input->insert(at, 1, SomeChar());
      return;
    case 4:
      input->erase(at, count);
      return;
    case 5:
      input->insert(at, input->substr(at, count));
      return;
    case 6:
      input->insert(at, Piece());
      return;
    case 7: {
      const std::string piece = Piece();
      input->replace(at, piece.size(), piece);
      return;
    }
    case 8:
      input->replace(at, Below(3), kTexts[Below(kTexts.size())]);
      return;
    default:
      input->resize(at);
      return;
  }
}

std::string Mutator::Next() {
  std::string input = Some();
  const size_t size_max = std::max(input.size(), kInputBytesMax);
  const size_t changes = 1 + Below(1 + Below(8));
  for (size_t i = 0; i < changes; ++i) Change(&input);
  if (input.size() > size_max) input.resize(size_max);
  return input;
}

}  // namespace tally::fuzz
