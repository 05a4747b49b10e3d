// The shape of an event: what is wrong with it whatever the ledger holds.
// Pure, so that it runs on the caller's thread before the event is queued.

#ifndef TALLY_ENGINE_RULES_SHAPE_H_
#define TALLY_ENGINE_RULES_SHAPE_H_

#include <memory>

#include "engine/model/event.h"
#include "engine/model/refusal.h"

namespace tally {

// Ids, names, texts, dates, counts and fields that belong together
// (INVALID_ARGUMENT), quantities as decimals (INVALID_QUANTITY), and what the
// decoder could not read. Lists every violation; nullptr where there is none.
std::unique_ptr<Refusal> CheckShape(const Event& event);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_SHAPE_H_
