// A movement: one quantity that an event brings to a holding or takes from
// one. Planners translate an event into movements; rules that hold for every
// kind of event (certificates, caps, holds, lots, claims) look at these alone.

#ifndef TALLY_ENGINE_RULES_MOVEMENT_H_
#define TALLY_ENGINE_RULES_MOVEMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/rules/field_path.h"
#include "engine/state/claims.h"
#include "engine/state/shipments.h"

namespace tally {

enum class Direction : uint8_t { kIn, kOut };

struct Movement {
  Direction direction = Direction::kIn;
  SiteIndex site;
  ProductIndex product;
  // What moves under the claim; all of it for conventional material.
  Quantity quantity;
  // Of the holding; not valid(): conventional.
  ClaimIndex claim;
  // Out: the claim it leaves under, after a downgrade in the same event.
  // In: as `claim`.
  ClaimIndex sold_as;
  // The lot that was named. In: not valid() where a lot is made or none.
  LotIndex lot;
  // The country whose entitlement moves, where the scheme keeps one account
  // an origin; else 0.
  uint16_t origin = 0;
  // Out: the part of the line that is under the claim, where it says one.
  std::optional<Decimal> claims_share;
  // The field of the event that says it: "ship.lines[0]".
  FieldPath field;

  // Which rules concern it.
  bool needs_certificate = false;
  bool counts_originated = false;  // against the cap of what is originated
  bool counts_delivered = false;   // against the cap of what is delivered
  bool leaves = false;             // what is tainted or void may not
  bool claims_output = false;      // against the percentage of the input

  // Out: filled when drawn.
  absl::InlinedVector<ShipmentDraw, 1> draws;
  // Filled by the certificate rules: what it used of a cap.
  absl::InlinedVector<CapDraw, 1> cap_draws;
  // Filled by the certificate rules: the certificate that covers it.
  CertificateIndex certificate;
};

// Whether an entitlement may go below zero inside a period.
enum class Overdraw : uint8_t {
  kNone = 0,     // the profile does not come into it
  kAllowed = 1,  // with the warning that is planned
  kDeficit = 2,  // the last period's deficit is not repaid yet
  kTooDeep = 3,  // more than the share that the profile permits
};

// What a holding lacked when a movement was drawn from it.
struct Shortfall {
  size_t movement = 0;  // its place
  Quantity asked;
  Quantity available;  // at the event's date and on every later one
  Overdraw overdraw = Overdraw::kNone;
};

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_MOVEMENT_H_
