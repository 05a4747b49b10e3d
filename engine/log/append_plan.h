// What an append will make of the log, before anything is written: the new
// tree, and the header that binds the group to it.

#ifndef TALLY_ENGINE_LOG_APPEND_PLAN_H_
#define TALLY_ENGINE_LOG_APPEND_PLAN_H_

#include <cstdint>

#include "absl/status/status.h"
#include "engine/log/group.h"
#include "engine/log/journal.h"
#include "engine/log/tile_tree.h"

namespace tally {

struct AppendPlan {
  GroupHeader header;
  TreeGrowth growth;
};

// The group continues the tree and is not empty: see CheckExpected().
AppendPlan PlanAppend(const TileTree& tree, const Group& group,
                      uint64_t writer_epoch, uint32_t rules_version);

// ABORTED when the group does not start where the log ends.
absl::Status CheckExpected(const Group& group, Position log_end);

// OUT_OF_RANGE unless 0 <= position < end, or <= end where that is allowed.
absl::Status CheckPosition(Position position, Position end, bool or_end);

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_APPEND_PLAN_H_
