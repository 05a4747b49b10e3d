// From the engine's event to the wire's: the reverse of decode.h.
//
// Decode(Encode(event)) is `event` again, for every event that Decode() finds
// nothing malformed in.

#ifndef TALLY_SERVICES_WIRE_ENCODE_H_
#define TALLY_SERVICES_WIRE_ENCODE_H_

#include "engine/base/date.h"
#include "engine/model/event.h"
#include "google/protobuf/timestamp.pb.h"
#include "tallystick/v1/event.pb.h"

namespace tally::wire {

// Into `out`, which must be empty.
void Encode(const Event& in, tallystick::v1::Event* out);

void Encode(Instant in, google::protobuf::Timestamp* out);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_ENCODE_H_
