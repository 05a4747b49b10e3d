// Cycles of recognition: a scheme that recognises one that, by way of others
// or at once, recognises it. Material would come back under the claim that it
// left, and no one could say which scheme vouches for it.

#ifndef TALLY_ENGINE_PROFILE_RECOGNITION_CYCLE_H_
#define TALLY_ENGINE_PROFILE_RECOGNITION_CYCLE_H_

#include <span>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/model/refusal.h"
#include "engine/profile/profile.h"

namespace tally {

// A profile and the days on which it is in force.
struct ProfileInForce {
  const Profile* profile = nullptr;
  DateRange days;
};

// Adds what is wrong with each recognition of `added` that leads back to its
// scheme on a day on which all of them hold. `others` may hold versions of
// the same scheme, which `added` takes the place of on its days.
void CheckRecognitionCycles(const ProfileInForce& added,
                            std::span<const ProfileInForce> others,
                            std::vector<Violation>* violations);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_RECOGNITION_CYCLE_H_
