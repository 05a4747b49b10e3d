// Shipments: what left one holding and has not arrived yet, or how it ended.

#ifndef TALLY_ENGINE_STATE_SHIPMENTS_H_
#define TALLY_ENGINE_STATE_SHIPMENTS_H_

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/container/inlined_vector.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/model/terms.h"
#include "engine/state/claims.h"
#include "engine/state/lots.h"
#include "engine/state/names.h"

namespace tally {

// A part of a line and the holding it left from: as sold, so after the
// downgrade of a line sold under a less strict model. Its claims are those of
// the account. This is where it goes back to.
struct ShipmentDraw {
  AccountIndex account;
  Quantity quantity;
};

// Certified volume that a line used up of a certificate's cap.
struct CapDraw {
  CertificateIndex certificate;
  int32_t year = 0;  // of the certificate, counted from 0
  Quantity quantity;
};

struct ShipmentLine {
  ProductIndex product;
  Quantity quantity;
  ClaimIndex claim;  // as sold; not valid(): conventional
  LotIndex lot;      // as sold; none where the lot ended
  std::optional<Decimal> claims_share;
  LotAttributes attributes;
  // Most have one of each.
  absl::InlinedVector<ShipmentDraw, 1> draws;
  absl::InlinedVector<CapDraw, 1> cap_draws;
  Quantity accepted;
};

struct Shipment {
  SiteIndex from;
  SiteIndex to;             // not valid(): to_external
  std::string to_external;  // outside this ledger
  Date shipped_on;
  Position position = -1;
  // The last day to confirm; Date::Max() where nothing lapses.
  Date last_day = Date::Max();
  absl::InlinedVector<ShipmentLine, 1> lines;
  ShipmentState state = ShipmentState::kInTransit;
};

class Shipments {
 public:
  Shipments() = default;
  Shipments(const Shipments&) = delete;
  Shipments& operator=(const Shipments&) = delete;

  int32_t size() const { return names_.size(); }
  ShipmentIndex Find(std::string_view name) const { return names_.Find(name); }
  std::string_view NameOf(ShipmentIndex index) const {
    return names_.NameOf(index);
  }
  const Shipment& at(ShipmentIndex index) const {
    return shipments_[static_cast<size_t>(index.value())];
  }

  // The first one of the event at `position` or of a later one.
  ShipmentIndex FirstFrom(Position position) const;

  ShipmentIndex Add(std::string_view name, Shipment shipment);
  void RemoveLast();
  // Ends a shipment, or takes that back; `accepted` has a quantity a line.
  void SetState(ShipmentIndex index, ShipmentState state,
                std::span<const Quantity> accepted);

  // A shipment in transit whose last day to confirm lies before `today`; the
  // one that is longest overdue. Not valid() where there is none.
  ShipmentIndex Overdue(Date today) const;
  // The one after `shipment`, which is or was overdue, in the same order.
  ShipmentIndex NextOverdue(Date today, ShipmentIndex shipment) const;

  // Shipments from or to a site, in order.
  std::span<const ShipmentIndex> From(SiteIndex site) const;
  std::span<const ShipmentIndex> To(SiteIndex site) const;

 private:
  friend struct SnapshotAccess;

  using List = std::vector<ShipmentIndex>;

  Names<ShipmentIndex> names_;
  std::deque<Shipment> shipments_;
  // In transit with a last day, by that day and then by index.
  absl::btree_set<std::pair<Date, ShipmentIndex>> due_;
  std::vector<List> from_;  // by site
  std::vector<List> to_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_SHIPMENTS_H_
