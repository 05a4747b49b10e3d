// Finds what a void is about: the event's position and what it did.

#ifndef TALLY_ENGINE_LEDGER_VOID_TARGETS_H_
#define TALLY_ENGINE_LEDGER_VOID_TARGETS_H_

#include <optional>

#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/ledger/tables.h"
#include "engine/model/indices.h"
#include "engine/state/effects.h"

namespace tally {

// What the tables know of an event at a position below `end`; nullopt where
// there is none.
absl::StatusOr<std::optional<VoidTarget>> ReadVoidTarget(const Tables& tables,
                                                         const Uuid& event,
                                                         Position end);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_VOID_TARGETS_H_
