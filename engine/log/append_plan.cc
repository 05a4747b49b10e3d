#include "engine/log/append_plan.h"

#include <vector>

#include "engine/base/check.h"
#include "fmt/format.h"

namespace tally {

AppendPlan PlanAppend(const TileTree& tree, const Group& group,
                      uint64_t writer_epoch, uint32_t rules_version) {
  const TreeHead before = tree.head();
  TALLY_CHECK(before.size == group.first());
  TALLY_CHECK(!group.empty());
  std::vector<Sha256Digest> leaves;
  leaves.reserve(static_cast<size_t>(group.count()));
  for (int64_t i = 0; i < group.count(); ++i) {
    leaves.push_back(LeafHash(group.record(i)));
  }
  AppendPlan plan;
  plan.growth = tree.Grow(leaves);
  plan.header = {.writer_epoch = writer_epoch,
                 .first = group.first(),
                 .count = group.count(),
                 // Groups are appended one after the other, so all before
                 // this one is durable.
                 .stable_end = group.first(),
                 .rules_version = rules_version,
                 .recorded_at = group.recorded_at(group.count() - 1),
                 .previous_root = before.root,
                 .root = plan.growth.head().root};
  return plan;
}

absl::Status CheckExpected(const Group& group, Position log_end) {
  if (group.first() == log_end) return absl::OkStatus();
  return absl::AbortedError(
      fmt::format("the group starts at position {}, the log ends at {}",
                  group.first(), log_end));
}

absl::Status CheckPosition(Position position, Position end, bool or_end) {
  if (position >= 0 && (position < end || (or_end && position == end))) {
    return absl::OkStatus();
  }
  return absl::OutOfRangeError(fmt::format(
      "position {} is not in the log, which ends at {}", position, end));
}

}  // namespace tally
