// What lots carry (origin, greenhouse gas, level, source status, share) and
// what may be said of it.

#ifndef TALLY_TESTS_REFERENCE_TRAITS_H_
#define TALLY_TESTS_REFERENCE_TRAITS_H_

#include <string>
#include <vector>

#include "tests/reference/plan.h"

namespace tally::reference {

// The status of a source on a day under a scheme's decay, empty if none.
std::string SourceStatusOn(const World& world, const Profile& profile,
                           const std::string& source, Date date);
// 0 for the best.
int StatusRank(const std::string& status);

// What an output inherits of its inputs: the worst of each. What is pooled
// carries nothing.
Traits Inherit(const std::vector<Traits>& inputs, const Profile* profile);

// R55, R19, R54, R38: nothing better is stated than what is there. `profile`
// is that of the claim, null for conventional material.
void CheckStated(const Traits& stated, const Traits& inherited,
                 const Profile* profile, Plan* plan);

// The stated value where it is there, else the inherited one.
Traits Merge(const Traits& stated, const Traits& inherited);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_TRAITS_H_
