// Ids as traders write them: GLNs of sites, LEIs of parties, ULIDs of
// shipments, lots and blocks, UUIDs of events. All follow from numbers, so that
// an id can be said again without keeping it.

#ifndef TALLY_BENCH_WORKLOAD_IDS_H_
#define TALLY_BENCH_WORKLOAD_IDS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tally::bench {

// A text of a fixed number of characters.
template <size_t kSize>
struct Id {
  std::array<char, kSize> text{};

  std::string_view view() const { return {text.data(), kSize}; }
  std::string str() const { return std::string(view()); }
};

// 13 digits with the GS1 check digit; numbers below 10^7 of each of the runs
// 0 to 999.
Id<13> Gln(int64_t run, int64_t number);
// 20 characters with the check digits of ISO 7064; the same numbers.
Id<20> Lei(int64_t run, int64_t number);
// 26 characters: 48 bits of time, 80 bits of `key`.
Id<26> Ulid(int64_t millis, uint64_t key);
// 36 characters: random bits but for the version, 4.
Id<36> RandomUuid(uint64_t high, uint64_t low);

// "0.001" for 1: a quantity of thousandths, at least one.
std::string_view Thousandths(int64_t quantity, std::array<char, 24>* text);

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_IDS_H_
