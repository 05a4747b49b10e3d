// From the engine's answer to the wire's: refusals, warnings, outcomes.

#ifndef TALLY_SERVICES_WIRE_ENCODE_OUTCOME_H_
#define TALLY_SERVICES_WIRE_ENCODE_OUTCOME_H_

#include <string_view>

#include "engine/model/outcome.h"
#include "engine/model/refusal.h"
#include "tallystick/v1/outcome.pb.h"
#include "tallystick/v1/refusal.pb.h"
#include "tallystick/v1/warning.pb.h"

namespace tally::wire {

// Each into `out`, which must be empty.
void Encode(const Refusal& in, tallystick::v1::Refusal* out);
void Encode(Warning in, tallystick::v1::Warning* out);

// All of an outcome but what takes the ledger to name: balances, and the
// decimals of quantities. `id` is the event's, as it was sent.
void Encode(const Outcome& in, std::string_view id,
            tallystick::v1::Outcome* out);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_ENCODE_OUTCOME_H_
