// What an event's falsehood reaches: the list that a certification body gets
// with a void, or asks for before it posts one.
//
// Everything that came of the event is in it with the share that did: the
// accounts that it posted to, the lots that it made and all lots made of
// those with where they lie, shipments of such lots, credits booked from them
// and redemptions of such credits. A page looks at a bounded number of things
// and says where the next one goes on, so that it may hold few, or none.

#ifndef TALLY_ENGINE_LEDGER_AFFECTED_QUERIES_H_
#define TALLY_ENGINE_LEDGER_AFFECTED_QUERIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/page.h"
#include "engine/model/named_account.h"

namespace tally {

// Sent by number; never renumber. In the order of the list.
enum class AffectedKind : uint8_t {
  kUnspecified = 0,
  kHolding = 1,
  kLot = 2,
  kShipment = 3,
  kBlock = 4,
  kRedemption = 5,
};

struct AffectedThing {
  AffectedKind kind = AffectedKind::kUnspecified;
  // Of a lot, a shipment, a block or a redemption.
  std::string id;
  // Of a holding.
  NamedAccount account;
  // Where it was made, lies, left from or was issued, and whose it is.
  std::string site;
  std::string party;
  std::string product;
  // A holding's latest balance, below zero where the void left a deficit; what
  // a lot was made with; what was shipped, issued, redeemed.
  Amount quantity;
  // How much of that comes of the event, rounded half up.
  Amount concerned;
  Position position = -1;  // of the event that made it; -1 of a holding
};

struct AffectedQuestion {
  Uuid event;
  PageQuestion page;
};

struct AffectedAnswer {
  Standing standing;
  Position event_position = -1;
  std::optional<Position> voided_by;  // the void, where there is one
  std::vector<AffectedThing> things;
  // More lots came of it than one walk visits: what lies beyond is missing.
  bool truncated = false;
  std::string next;
};

// NOT_FOUND where no such event was accepted.
absl::StatusOr<AffectedAnswer> ListAffected(const Ledger& ledger,
                                            const AffectedQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_AFFECTED_QUERIES_H_
