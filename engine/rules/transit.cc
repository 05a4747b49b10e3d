#include "engine/rules/transit.h"

#include "engine/model/terms.h"
#include "fmt/format.h"

namespace tally {

void CheckInTransit(Case& c, ShipmentIndex index) {
  const Shipment& shipment = c.state.shipments().at(index);
  const std::string_view name = c.state.shipments().NameOf(index);
  const SchemeIndex scheme = shipment.lines.front().claim.valid()
                                 ? SchemeOf(shipment.lines.front().claim)
                                 : SchemeIndex();
  if (c.date < shipment.shipped_on) {
    c.verdict.Refuse(RefuseUnder(
        c, scheme, Code::kTimeOrder,
        fmt::format("shipment \"{}\" left on {}, after {}", name,
                    shipment.shipped_on.ToString(), c.date.ToString())));
  }
  if (c.state.voids().Contains(shipment.position)) {
    c.verdict.Refuse(RefuseUnder(
        c, scheme, Code::kUpstreamVoid,
        fmt::format("shipment \"{}\" never left: the event that sent it is "
                    "void",
                    name)));
  }
  if (shipment.state == ShipmentState::kLapsed ||
      (shipment.state == ShipmentState::kInTransit &&
       c.date > shipment.last_day)) {
    c.verdict.Refuse(
        RefuseUnder(c, scheme, Code::kNotConfirmed,
                    fmt::format("shipment \"{}\" was to be confirmed by {}",
                                name, shipment.last_day.ToString())));
    return;
  }
  if (shipment.state != ShipmentState::kInTransit) {
    c.verdict.Refuse(Refuse(
        Code::kShipmentState,
        fmt::format("shipment \"{}\" is {}", name, Name(shipment.state))));
  }
}

}  // namespace tally
