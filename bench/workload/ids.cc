#include "bench/workload/ids.h"

#include <charconv>

#include "bench/workload/random.h"

namespace tally::bench {
namespace {

// The last `count` decimal digits.
void PutDigits(int64_t number, size_t count, char* at) {
  for (size_t i = count; i-- > 0; number /= 10) {
    at[i] = static_cast<char>('0' + number % 10);
  }
}

char Gs1CheckDigit(std::string_view digits) {
  int sum = 0;
  int weight = 3;
  for (size_t i = digits.size(); i-- > 0; weight = 4 - weight) {
    sum += (digits[i] - '0') * weight;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

// The remainder by 97 of the text with letters read as 10 to 35.
int Mod97(std::string_view text) {
  int remainder = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    const int value = digit ? c - '0' : c - 'A' + 10;
    remainder = (remainder * (digit ? 10 : 100) + value) % 97;
  }
  return remainder;
}

}  // namespace

Id<13> Gln(int64_t run, int64_t number) {
  Id<13> id;
  PutDigits(40, 2, id.text.data());
  PutDigits(run, 3, id.text.data() + 2);
  PutDigits(number, 7, id.text.data() + 5);
  id.text[12] = Gs1CheckDigit({id.text.data(), 12});
  return id;
}

Id<20> Lei(int64_t run, int64_t number) {
  Id<20> id;
  constexpr std::string_view kPrefix = "529900TA";
  kPrefix.copy(id.text.data(), kPrefix.size());
  PutDigits(run, 3, id.text.data() + 8);
  PutDigits(number, 7, id.text.data() + 11);
  PutDigits(0, 2, id.text.data() + 18);
  PutDigits(98 - Mod97(id.view()), 2, id.text.data() + 18);
  return id;
}

Id<26> Ulid(int64_t millis, uint64_t key) {
  static constexpr char kDigits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  Id<26> id;
  auto time = static_cast<uint64_t>(millis);
  for (size_t i = 10; i-- > 0; time >>= 5) id.text[i] = kDigits[time & 31];
  uint64_t low = key;
  for (size_t i = 26; i-- > 14; low >>= 5) id.text[i] = kDigits[low & 31];
  uint64_t high = Mixed(key);
  for (size_t i = 14; i-- > 10; high >>= 5) id.text[i] = kDigits[high & 31];
  return id;
}

Id<36> RandomUuid(uint64_t high, uint64_t low) {
  static constexpr char kHex[] = "0123456789abcdef";
  high = (high & ~uint64_t{0xf000}) | 0x4000;
  low = (low & ~(uint64_t{3} << 62)) | uint64_t{2} << 62;
  Id<36> id;
  size_t at = 0;
  for (int nibble = 0; nibble < 32; ++nibble) {
    if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) {
      id.text[at++] = '-';
    }
    const uint64_t half = nibble < 16 ? high : low;
    id.text[at++] = kHex[half >> (60 - 4 * (nibble % 16)) & 15];
  }
  return id;
}

std::string_view Thousandths(int64_t quantity, std::array<char, 24>* text) {
  char* const begin = text->data();
  char* end = std::to_chars(begin, begin + 20, quantity / 1'000).ptr;
  *end++ = '.';
  PutDigits(quantity % 1'000, 3, end);
  return {begin, static_cast<size_t>(end + 3 - begin)};
}

}  // namespace tally::bench
