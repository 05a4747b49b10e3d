#include "tests/services/world.h"

#include "engine/base/check.h"
#include "engine/base/uuid.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "services/authoring/read.h"

namespace tally::services {

namespace v1 = tallystick::v1;

v1::Event MakeEvent(std::string_view name, std::string_view json) {
  v1::Event event;
  TALLY_CHECK(authoring::Read(nlohmann::json::parse(json), &event).empty());
  event.set_id(UuidOfName(name).ToString());
  return event;
}

v1::PostEventsRequest MakeWorld() {
  constexpr std::string_view kEvents[kWorldSize] = {
      R"({"occurred_at": "2010-01-01", "define_scheme": {"profile":
          {"scheme": "seg", "models": {"SEGREGATED": {}, "MASS_BALANCE": {}},
           "certificate": {"required": false}}}})",
      R"({"occurred_at": "2010-01-01", "register_party":
          {"party": "mill-co", "roles": ["OPERATOR"]}})",
      R"({"occurred_at": "2010-01-01", "register_site":
          {"site": "mill", "party": "mill-co", "kinds": ["MILL"]}})",
      R"({"occurred_at": "2010-01-01", "register_site":
          {"site": "depot", "party": "mill-co", "kinds": ["STORE"]}})",
      R"({"occurred_at": "2010-01-01", "define_product":
          {"product": "cpo", "unit": "TNE", "decimals": 2}})",
      R"({"occurred_at": "2025-01-10", "receive":
          {"site": "mill", "product": "cpo", "quantity": "100",
           "claim": {"scheme": "seg", "model": "SEGREGATED"},
           "supplier": "upstream"}})"};
  v1::PostEventsRequest request;
  for (const std::string_view json : kEvents) {
    *request.add_events() =
        MakeEvent(fmt::format("world {}", request.events_size()), json);
  }
  return request;
}

v1::Event MakeShip(std::string_view name, std::string_view quantity) {
  return MakeEvent(name, fmt::format(
                             R"({{"occurred_at": "2025-02-01", "ship":
                    {{"shipment": "{}", "from_site": "mill",
                      "to_external": "buyer", "lines":
                     [{{"product": "cpo", "quantity": "{}",
                        "claim": {{"scheme": "seg", "model": "SEGREGATED"}}}}
                     ]}}}})",
                             name, quantity));
}

}  // namespace tally::services
