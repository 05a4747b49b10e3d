#include "engine/ledger/void_targets.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/effects_codec.h"
#include "fmt/format.h"

namespace tally {

absl::StatusOr<std::optional<VoidTarget>> ReadVoidTarget(const Tables& tables,
                                                         const Uuid& event,
                                                         Position end) {
  const Uuid ids[] = {event};
  ASSIGN_OR_RETURN(const std::vector<std::optional<EventIdRow>> found,
                   tables.FindEvents(ids));
  if (!found.front().has_value() || found.front()->position >= end) {
    return std::nullopt;
  }
  const Position position = found.front()->position;
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   tables.FindEffects(position));
  if (!bytes.has_value()) {
    return absl::DataLossError(fmt::format(
        "the derived tables do not say what event {} did", position));
  }
  ASSIGN_OR_RETURN(Effects effects, DecodeEffects(*bytes));
  return VoidTarget{.position = position, .effects = std::move(effects)};
}

}  // namespace tally
