// A small world for tests of the services: a scheme without certificates, a
// mill with 100 t of segregated oil, and shipments out of it.

#ifndef TALLY_TESTS_SERVICES_WORLD_H_
#define TALLY_TESTS_SERVICES_WORLD_H_

#include <string>
#include <string_view>

#include "tallystick/v1/event.pb.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::services {

// An event of authoring JSON; its id comes from `name`.
tallystick::v1::Event MakeEvent(std::string_view name, std::string_view json);

// Scheme, parties, sites, product, and the 100 t: 6 events.
inline constexpr int kWorldSize = 6;
tallystick::v1::PostEventsRequest MakeWorld();

// `quantity` tonnes leave the mill, as shipment `name`.
tallystick::v1::Event MakeShip(std::string_view name,
                               std::string_view quantity);

}  // namespace tally::services

#endif  // TALLY_TESTS_SERVICES_WORLD_H_
