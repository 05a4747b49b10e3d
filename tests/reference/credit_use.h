// Which serials a transfer or a redemption takes.

#ifndef TALLY_TESTS_REFERENCE_CREDIT_USE_H_
#define TALLY_TESTS_REFERENCE_CREDIT_USE_H_

#include <string>
#include <vector>

#include "tests/reference/plan.h"

namespace tally::reference {

// Hold and void: nothing of such a block leaves.
void CheckBlockFree(const World& world, const Block& block, Plan* plan);

// The ranges that the event names, or those that come first; R42, R44, R47 and
// R48 are checked, and that there are enough.
std::vector<SerialRange> ChooseSerials(const World& world,
                                       const std::string& holder, Plan* plan);

// Refuses serials that are named twice.
void CheckDisjoint(std::vector<SerialRange> ranges, Plan* plan);

// How many credits the event asks for, whether they are there or not.
Units AskedCredits(const World& world, const Profile& profile,
                   const Plan& plan);

// A credit stands for a quantity of the product, so its unit has to be one.
void CheckUnit(const World& world, const Profile& profile, Plan* plan);

// Moves serials to a holder and state, with the postings of it.
void MoveSerials(const World& world, const std::vector<SerialRange>& ranges,
                 const std::string& from, const std::string& to,
                 const std::string& state, Plan* plan);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_CREDIT_USE_H_
