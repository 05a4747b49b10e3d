// Draws serials of credits: named ones, or the first to be used.
//
// A serial that is named is not retired (RETIRED), the holder's since the
// event's date or before (SERIAL) and not past its last day (EXPIRED), in this
// order. Unnamed credits go by the vintage's last day, then order of issue,
// then serial; what has expired, and what came to the holder after the event's
// date, is passed over. A shortfall that expired ones would cover is EXPIRED,
// any other INSUFFICIENT. Of a block on hold nothing is drawn
// (HELD), nor of one that comes of a void event (UPSTREAM_VOID).

#ifndef TALLY_ENGINE_RULES_SERIALS_H_
#define TALLY_ENGINE_RULES_SERIALS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/decimal.h"
#include "engine/model/event_custody.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/rules/case.h"
#include "engine/rules/field_path.h"
#include "engine/state/credits.h"

namespace tally {

// Who uses credits, and for which claims.
struct CreditUse {
  std::string_view kind;  // of the event: "redeem_credits"
  HolderKey holder;
  std::optional<int> claim_year;  // of a redemption
};

// Serials of one run, and their status before the event.
struct Piece {
  Serials serials;
  SerialStatus status;
};

struct DrawnCredits {
  std::vector<Piece> pieces;  // in the order in which they were drawn
  Quantity asked;
};

// Draws serials where some are named, else a quantity. nullopt where the
// event is malformed or names an unknown block; other refusals leave what
// could be drawn.
std::optional<DrawnCredits> Draw(Case& c, const CreditUse& use,
                                 const std::optional<Decimal>& quantity,
                                 std::span<const SerialRange> serials);

// The pieces of serials that an event names, whatever their status. Refuses
// SERIAL for those that are not there or named twice. nullopt as above.
std::optional<std::vector<Piece>> NamedPieces(
    Case& c, std::string_view kind, std::span<const SerialRange> serials);

// The pieces of serials that are there.
void AddPieces(const Case& c, const Serials& serials,
               std::vector<Piece>* pieces);

// INVALID_QUANTITY, and true, where one event would draw from more runs than
// kSerialRunsMax.
bool AreTooMany(Case& c, const FieldPath& field,
                const std::vector<Piece>& pieces);

// HELD where a certification body holds the block, or the one it came from.
void CheckBlockHeld(Case& c, BlockIndex block);
// The same, and UPSTREAM_VOID where the block comes of a void event.
void CheckBlockFree(Case& c, BlockIndex block);

// What serials of a block stand for.
Quantity QuantityOf(const Case& c, const Serials& serials);

// "serials 5 to 9 of block \"B1\""
std::string Describe(const Case& c, const Serials& serials);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_SERIALS_H_
