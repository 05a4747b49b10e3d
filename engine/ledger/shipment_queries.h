// Shipments: one by its id, and what a party or site sent or received.

#ifndef TALLY_ENGINE_LEDGER_SHIPMENT_QUERIES_H_
#define TALLY_ENGINE_LEDGER_SHIPMENT_QUERIES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/lot_queries.h"
#include "engine/ledger/page.h"
#include "engine/model/named_account.h"
#include "engine/model/terms.h"

namespace tally {

struct ShipmentLineView {
  std::string product;
  Amount quantity;
  std::vector<NamedClaim> claims;  // as sold; none: conventional
  std::string lot;
  Amount accepted;
  std::optional<Decimal> claims_share;
  NamedAttributes attributes;
};

struct ShipmentView {
  std::string shipment;
  ShipmentState state = ShipmentState::kUnspecified;
  std::string from_site;
  std::string from_party;
  std::string to_site;  // or
  std::string to_external;
  std::string to_party;
  Date shipped_on;
  std::optional<Date> confirm_by;
  bool held = false;
  Position position = -1;  // of the event that shipped it
  std::vector<ShipmentLineView> lines;
};

struct ShipmentAnswer {
  Standing standing;
  ShipmentView shipment;
};

absl::StatusOr<ShipmentAnswer> GetShipment(const Ledger& ledger,
                                           std::string_view shipment);

enum class ShipmentSide : uint8_t { kBoth, kSent, kReceived };

// A party or a site is needed. Filters that are given must all hold.
struct ShipmentListQuestion {
  std::string_view party;
  std::string_view site;
  ShipmentSide side = ShipmentSide::kBoth;
  ShipmentState state = ShipmentState::kUnspecified;  // all
  std::optional<Date> shipped_from;
  std::optional<Date> shipped_to;
  PageQuestion page;
};

// By position of the event that shipped them.
absl::StatusOr<Page<ShipmentView>> ListShipments(
    const Ledger& ledger, const ShipmentListQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_SHIPMENT_QUERIES_H_
