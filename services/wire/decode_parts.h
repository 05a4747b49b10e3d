// Reads what several kinds of events share: claims, attributes, serials.

#ifndef TALLY_SERVICES_WIRE_DECODE_PARTS_H_
#define TALLY_SERVICES_WIRE_DECODE_PARTS_H_

#include <optional>
#include <span>
#include <string_view>

#include "engine/model/claim.h"
#include "engine/model/event_custody.h"
#include "engine/model/terms.h"
#include "services/wire/fields.h"
#include "services/wire/views.h"
#include "tallystick/v1/attributes.pb.h"
#include "tallystick/v1/claim.pb.h"
#include "tallystick/v1/party.pb.h"
#include "tallystick/v1/serials.pb.h"

namespace tally::wire {

namespace v1 = tallystick::v1;

// A model that must be there; kConventional after noting what is wrong.
// MODEL_CONVENTIONAL is taken only where `may_be_conventional`.
Model ReadModel(v1::Model in, std::string_view name, bool may_be_conventional,
                const Fields& fields);

// A claim that must be there, or one that may be left out.
ClaimName ReadClaim(bool given, view::Claim in, const Fields& fields);
ClaimName ReadOptionalClaim(bool given, view::Claim in, const Fields& fields);

// The further claims of a quantity, in field `also`.
std::span<const ClaimName> ReadAlso(ViewList<view::Claim> in,
                                    const Fields& fields);

// The attributes in field `attributes`.
Attributes ReadAttributes(view::Attributes in, const Fields& fields);

SourceStatus ReadSourceStatus(v1::SourceStatus in, std::string_view name,
                              const Fields& fields);

// The ranges in field `serials`.
std::span<const SerialRange> ReadSerials(ViewList<view::SerialRange> in,
                                         const Fields& fields);

// The roles in field `roles`: one at least.
std::span<const Role> ReadRoles(ViewList<int> in, const Fields& fields);

// Notes an enum value that this version does not know.
void NoteEnum(std::string_view name, int value, const Fields& fields);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_DECODE_PARTS_H_
