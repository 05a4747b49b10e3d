// Who holds which serial of a block, in what state, and until when.

#ifndef TALLY_TESTS_REFERENCE_SERIALS_H_
#define TALLY_TESTS_REFERENCE_SERIALS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/reference/plan.h"
#include "tests/reference/world.h"

namespace tally::reference {

// A stretch of serials that share one latest move.
struct SerialState {
  SerialRange range;
  std::string holder;
  std::string state;
  Date since;  // the latest business date of a move of it
};

// The serials of a block after every move dated `upto` or before and known at
// `known_at`, in order; none before its issue.
std::vector<SerialState> SerialsOf(const World& world, const Block& block,
                                   Date upto = kLastDate,
                                   int64_t known_at = INT64_MAX);

// The last day on which the block's credits move.
Date LastDayOf(const World& world, const Block& block);

// EXPIRING: credits of the block are issued or change hands on one of their
// last thirty days.
void WarnOfExpiry(const World& world, const Block& block, Plan* plan);

// How many of the serials are retired still.
Units CountRetired(const World& world, const std::vector<SerialRange>& ranges);

Units CountSerials(const std::vector<SerialRange>& ranges);
// What a number of serials is worth in the product's measure.
Rational ValueOf(const Profile& profile, Units serials);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_SERIALS_H_
