// Reads a profile from its JSON and says everything that is wrong with it.
//
//   std::vector<Violation> violations;
//   std::optional<Profile> profile = ParseProfile(json, &violations);
//   if (!profile) … each violation names the key by its path
//   ("models.MASS_BALANCE.period_months"), the value found there, and what
//   is allowed.

#ifndef TALLY_ENGINE_PROFILE_PARSE_PROFILE_H_
#define TALLY_ENGINE_PROFILE_PARSE_PROFILE_H_

#include <optional>
#include <string_view>
#include <vector>

#include "engine/model/refusal.h"
#include "engine/profile/profile.h"

namespace tally {

// nullopt where anything is wrong. `violations` receives what is, in the
// order of reading, at most kProfileViolationsMax of them. `draft`, where
// something is wrong, receives what could be read all the same, so that what
// it recognises can be looked at. Nothing is thrown.
std::optional<Profile> ParseProfile(std::string_view json,
                                    std::vector<Violation>* violations,
                                    Profile* draft = nullptr);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_PARSE_PROFILE_H_
