// Decides one event: plan, check, and the answer. The caller applies the plan.

#ifndef TALLY_ENGINE_RULES_DECIDE_H_
#define TALLY_ENGINE_RULES_DECIDE_H_

#include <memory>
#include <string_view>

#include "engine/model/event.h"
#include "engine/model/refusal.h"
#include "engine/state/effects.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally {

struct Circumstances {
  Position position = 0;  // that the event gets if it is accepted
  Instant recorded_at;
  bool strict = false;
  // Of a void: the event that it is about, if it was accepted before.
  const VoidTarget* void_target = nullptr;
  // As they are recorded (record_codec.h); what approvals are given to.
  std::string_view words = {};
};

// nullptr: accepted, and `plan` is everything that accepting it changes. Else
// the first refusal in the documented order; `plan` then means nothing. The
// event's shape has been checked. The state is read alone.
std::unique_ptr<Refusal> Decide(const State& state, const Event& event,
                                const Circumstances& circumstances, Plan* plan);

// Whether an authenticated poster has the right to post the event; true where
// nobody was asked to prove anything. Who has not must not learn how an event
// of another was answered.
bool MayPost(const State& state, const Event& event,
             const VoidTarget* void_target);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_DECIDE_H_
