#include "engine/rules/returns.h"

#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/passage.h"
#include "engine/rules/planners.h"
#include "engine/rules/transit.h"

namespace tally {
namespace {

void ReturnLine(Case& c, const Shipment& shipment, const ShipmentLine& line) {
  for (const ShipmentDraw& draw : line.draws) {
    Post(c, Boundary::kInTransit, line.product, draw.quantity.Negated());
    Post(c, draw.account, shipment.from, line.product, draw.quantity);
    const AccountKey& key = c.state.accounts().at(draw.account).key;
    NoteOut(c, {.site = shipment.from,
                .other_site = shipment.to,
                .product = line.product,
                .quantity = draw.quantity.Negated(),
                .claims = MembersAt(c, key.claims)});
    if (!ClaimSets::IsSeveral(key.claims)) continue;
    c.plan.reason_changes.push_back(
        {.account = draw.account,
         .claim = line.claim,
         .sold_under_claim = draw.quantity.Negated()});
  }
  for (const CapDraw& draw : line.cap_draws) {
    c.plan.cap_changes.push_back({draw.certificate,
                                  {line.product, draw.year, CapUse::kDelivered},
                                  draw.quantity.Negated()});
  }
}

}  // namespace

void PlanReturn(Case& c, ShipmentIndex shipment, ShipmentState state) {
  const Shipment& returned = c.state.shipments().at(shipment);
  for (const ShipmentLine& line : returned.lines) ReturnLine(c, returned, line);
  c.plan.shipment_ends.push_back(
      {shipment, state, std::vector<Quantity>(returned.lines.size())});
}

void PlanEvent(Case& c, const Reject& reject) {
  const ShipmentIndex shipment =
      FindShipment(c, "reject.shipment", reject.shipment);
  if (!shipment.valid()) return;
  CheckInTransit(c, shipment);
  PlanReturn(c, shipment, ShipmentState::kRejected);
}

void PlanEvent(Case& c, const Recall& recall) {
  const ShipmentIndex shipment =
      FindShipment(c, "recall.shipment", recall.shipment);
  if (!shipment.valid()) return;
  CheckInTransit(c, shipment);
  PlanReturn(c, shipment, ShipmentState::kRecalled);
}

void PlanEvent(Case& c, const Lapse& lapse) {
  const ShipmentIndex shipment =
      FindShipment(c, "lapse.shipment", lapse.shipment);
  if (!shipment.valid()) return;
  PlanReturn(c, shipment, ShipmentState::kLapsed);
}

}  // namespace tally
