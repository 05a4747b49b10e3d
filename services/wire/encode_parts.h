// Writes what several kinds of events share: claims, attributes, serials. A
// field left out of the engine's event is left out on the wire.

#ifndef TALLY_SERVICES_WIRE_ENCODE_PARTS_H_
#define TALLY_SERVICES_WIRE_ENCODE_PARTS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/claim.h"
#include "engine/model/event_custody.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "tallystick/v1/attributes.pb.h"
#include "tallystick/v1/claim.pb.h"
#include "tallystick/v1/serials.pb.h"

namespace tally::wire {

namespace v1 = tallystick::v1;

v1::Model WireModel(Model in);
void Write(const ClaimName& in, v1::Claim* out);
void Write(std::span<const ClaimName> in,
           google::protobuf::RepeatedPtrField<v1::Claim>* out);
void Write(const Attributes& in, v1::Attributes* out);
// Whether any attribute is stated.
bool IsStated(const Attributes& in);
void Write(std::span<const SerialRange> in,
           google::protobuf::RepeatedPtrField<v1::SerialRange>* out);
void Write(std::span<const std::string_view> in,
           google::protobuf::RepeatedPtrField<std::string>* out);

// "" where there is none.
std::string TextOf(const std::optional<Decimal>& in);
std::string TextOf(const std::optional<Date>& in);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_ENCODE_PARTS_H_
