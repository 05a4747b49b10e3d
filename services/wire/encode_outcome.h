// From the engine's answer to the wire's: refusals, warnings, outcomes.

#ifndef TALLY_SERVICES_WIRE_ENCODE_OUTCOME_H_
#define TALLY_SERVICES_WIRE_ENCODE_OUTCOME_H_

#include <string>

#include "engine/model/named_account.h"
#include "engine/model/outcome.h"
#include "engine/model/refusal.h"
#include "services/wire/views.h"
#include "tallystick/v1/account.pb.h"
#include "tallystick/v1/outcome.pb.h"
#include "tallystick/v1/refusal.pb.h"
#include "tallystick/v1/serials.pb.h"
#include "tallystick/v1/warning.pb.h"

namespace tally::wire {

// Each into `out`, which must be empty.
void Encode(const Refusal& in, tallystick::v1::Refusal* out);
// With the figures that it was given with.
void Encode(Warning in, const Decision& decision, tallystick::v1::Warning* out);
void Encode(const NamedAccount& in, tallystick::v1::Account* out);
void Encode(const DrawnSerials& in, tallystick::v1::SerialRange* out);

// Appends the answer to `event`, as field `field` of the message whose bytes
// are in `out`: an Outcome, with the id as the client wrote it.
void AppendOutcome(int field, const Outcome& in, view::Event event,
                   std::string* out);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_ENCODE_OUTCOME_H_
