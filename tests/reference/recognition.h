// What another scheme's claim counts as, and which downgrades there are.

#ifndef TALLY_TESTS_REFERENCE_RECOGNITION_H_
#define TALLY_TESTS_REFERENCE_RECOGNITION_H_

#include <optional>
#include <string>

#include "tests/reference/world.h"

namespace tally::reference {

// The claim of `profile` that `claim` on `product` is taken as, none when no
// recognition covers it on that date.
std::optional<Claim> Recognise(const World& world, const Profile& profile,
                               const Claim& claim, const std::string& product,
                               const std::string& level, Date date);

// Whether a downgrade event or `as_model` may lead from one model to another;
// everything may become conventional, nothing book-and-claim (R24 alone).
bool CanDowngrade(const Profile& profile, const std::string& from,
                  const std::string& to);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_RECOGNITION_H_
