// The schemes of the small worlds: those that differ in every term of custody
// and credits, those that account by periods and percentages, and those that
// are shipped with the tools.

#ifndef TALLY_TESTS_COMPARE_WORLDS_H_
#define TALLY_TESTS_COMPARE_WORLDS_H_

#include <cstdint>
#include <vector>

#include "tests/compare/step.h"

namespace tally::compare {

// A few profiles out of one of the three sorts, as the seed has it.
std::vector<Json> ProfilesOf(uint64_t seed);

// For schemes that the registry of the small world does not name: every
// operator has a certificate for all that they have. Events without id.
std::vector<Json> CertificatesFor(const std::vector<Json>& profiles);

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_WORLDS_H_
