// One random stream, compared from its first event to its last.

#ifndef TALLY_TESTS_COMPARE_STREAM_H_
#define TALLY_TESTS_COMPARE_STREAM_H_

#include <cstdint>
#include <map>
#include <string>

namespace tally::compare {

// How often each answer came.
using AnswerCounts = std::map<std::string, int64_t>;

// Empty: the ledgers agree. Else what they differ in, with the seed and the
// fewest events that show it. Adds the engine's answers to `counts`.
std::string CompareStream(uint64_t seed, int64_t events, AnswerCounts* counts);

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_STREAM_H_
