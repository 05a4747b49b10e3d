// One random stream, compared from its first event to its last.

#ifndef TALLY_TESTS_COMPARE_STREAM_H_
#define TALLY_TESTS_COMPARE_STREAM_H_

#include <cstdint>
#include <map>
#include <string>

#include "tests/compare/step.h"

namespace tally::compare {

// How often each answer came.
using AnswerCounts = std::map<std::string, int64_t>;

// What a stream of one seed came to.
struct StreamResult {
  int64_t events = 0;
  // Where the ledgers differ: of what sort, in which words, and the fewest
  // events that show it as a scenario, with the reference's answers. Empty
  // and null: they agree.
  std::string sort;
  std::string difference;
  Json scenario;

  bool alike() const { return difference.empty(); }
};

// Adds the engine's answers to `counts`.
StreamResult CompareStream(uint64_t seed, int64_t events, AnswerCounts* counts);

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_STREAM_H_
