// Everything that can be observed of a state, as text: two states are alike
// where their snapshots are.

#ifndef TALLY_TESTS_ENGINE_RULES_STATE_SNAPSHOT_H_
#define TALLY_TESTS_ENGINE_RULES_STATE_SNAPSHOT_H_

#include <string>

#include "engine/state/state.h"

namespace tally {

// One line a thing, in order of arrival. Sources are looked up under the names
// of sites.
std::string SnapshotOf(const State& state);

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_RULES_STATE_SNAPSHOT_H_
