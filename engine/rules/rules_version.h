// The version of the rules, one more with every change after which an event
// could be decided otherwise. Every group of the log says which version
// decided it, and a snapshot which one led to it.

#ifndef TALLY_ENGINE_RULES_RULES_VERSION_H_
#define TALLY_ENGINE_RULES_RULES_VERSION_H_

#include <cstdint>

namespace tally {

inline constexpr uint32_t kRulesVersion = 1;

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_RULES_VERSION_H_
