// From the wire's event to the engine's.
//
// Never fails: what cannot be read is listed in Event::malformed, and the
// ledger refuses the event for it with INVALID_ARGUMENT or INVALID_QUANTITY.
// Checked here is all that needs no ledger: forms, required fields, choices,
// list sizes, the order of dates. Whether ids refer to anything, and how many
// decimals a product shows, is for the rules.
//
#ifndef TALLY_SERVICES_WIRE_DECODE_H_
#define TALLY_SERVICES_WIRE_DECODE_H_

#include "engine/base/arena.h"
#include "engine/model/event.h"
#include "services/wire/views.h"
#include "tallystick/v1/event.pb.h"

namespace tally::wire {

// The event's text is where the view has it; what is more is in the arena.
Event Decode(view::Event in, Arena* arena);

// For who has a message instead: a copy of it. `in` may go, `arena` must stay.
Event Decode(const tallystick::v1::Event& in, Arena* arena);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_DECODE_H_
