// From the wire's event to the engine's.
//
// Never fails: what cannot be read is listed in Event::malformed, and the
// ledger refuses the event for it with INVALID_ARGUMENT or INVALID_QUANTITY.
// Checked here is all that needs no ledger: forms, required fields, choices,
// list sizes, the order of dates. Whether ids refer to anything, and how many
// decimals a product shows, is for the rules.
//
// The event is a copy: `in` may go, `arena` must stay.

#ifndef TALLY_SERVICES_WIRE_DECODE_H_
#define TALLY_SERVICES_WIRE_DECODE_H_

#include "engine/base/arena.h"
#include "engine/model/event.h"
#include "tallystick/v1/event.pb.h"

namespace tally::wire {

Event Decode(const tallystick::v1::Event& in, Arena* arena);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_DECODE_H_
