// What a request was answered, counted without making messages of it.

#ifndef TALLY_BENCH_CLIENT_ANSWER_H_
#define TALLY_BENCH_CLIENT_ANSWER_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace tally::bench {

struct Counts {
  int64_t accepted = 0;  // for the first time
  int64_t refused = 0;
  int64_t replayed = 0;

  int64_t all() const { return accepted + refused + replayed; }
  Counts& operator+=(const Counts& other) {
    accepted += other.accepted;
    refused += other.refused;
    replayed += other.replayed;
    return *this;
  }
  friend bool operator==(const Counts&, const Counts&) = default;
};

// Of a serialized PostEventsResponse or StreamEventsResponse, whose outcomes
// are in field `outcomes`. nullopt: these bytes are no such message, or hold an
// outcome that is neither accepted nor refused.
std::optional<Counts> CountOutcomes(std::string_view response, int outcomes);

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_ANSWER_H_
