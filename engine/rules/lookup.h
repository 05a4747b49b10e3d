// Finds what an event names. What is not there is refused as UNKNOWN_…, with
// the field; the result is then not valid().

#ifndef TALLY_ENGINE_RULES_LOOKUP_H_
#define TALLY_ENGINE_RULES_LOOKUP_H_

#include <optional>
#include <string_view>

#include "engine/base/decimal.h"
#include "engine/model/claim.h"
#include "engine/model/indices.h"
#include "engine/rules/case.h"
#include "engine/rules/field_path.h"

namespace tally {

SchemeIndex FindScheme(Case& c, const FieldPath& field, std::string_view name);
ProductIndex FindProduct(Case& c, const FieldPath& field,
                         std::string_view name);
PartyIndex FindParty(Case& c, const FieldPath& field, std::string_view name);
SiteIndex FindSite(Case& c, const FieldPath& field, std::string_view name);
CertificateIndex FindCertificate(Case& c, const FieldPath& field,
                                 std::string_view name);
LotIndex FindLot(Case& c, const FieldPath& field, std::string_view name);
ShipmentIndex FindShipment(Case& c, const FieldPath& field,
                           std::string_view name);
BlockIndex FindBlock(Case& c, const FieldPath& field, std::string_view name);

// A scheme and one of its models on the event's date; not valid() without
// refusal for a conventional claim.
ClaimIndex FindClaim(Case& c, const FieldPath& field, const ClaimName& claim);

// Units of a product: above zero, with no more decimals than it has
// (INVALID_QUANTITY). With `zero_allowed`, zero too.
std::optional<Quantity> ReadQuantity(Case& c, const FieldPath& field,
                                     const Decimal& decimal,
                                     ProductIndex product,
                                     bool zero_allowed = false);

// A field that is wrong in itself (INVALID_ARGUMENT, INVALID_QUANTITY).
void RefuseField(Case& c, Code code, const FieldPath& field,
                 std::string_view value, std::string_view limit);

// A name that is taken (ALREADY_EXISTS).
void RefuseTaken(Case& c, const FieldPath& field, std::string_view thing,
                 std::string_view name);

// A kind of event that this version of the ledger does not take.
void RefuseUnoffered(Case& c);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_LOOKUP_H_
