#include "tests/crash/crash_world.h"

#include "fmt/format.h"
#include "tests/services/world.h"

namespace tally::crash {
namespace {

namespace v1 = tallystick::v1;

constexpr int64_t kReceived = 10;
constexpr int64_t kShipped = 7;
// Of so many events one receives more than is ever shipped, and one asks for
// more than there is.
constexpr int64_t kRound = 8;
constexpr int64_t kFirst = 0;
constexpr int64_t kTooMuch = 5;

std::string Receipt(int client, int64_t quantity) {
  return fmt::format(
      R"({{"occurred_at": "2025-01-10", "receive":
          {{"site": "{}", "product": "cpo", "quantity": "{}",
            "claim": {{"scheme": "seg", "model": "SEGREGATED"}},
            "supplier": "upstream"}}}})",
      SiteOf(client), quantity);
}

std::string Shipment(int client, int64_t number, int64_t quantity) {
  return fmt::format(
      R"({{"occurred_at": "2025-02-01", "ship":
          {{"shipment": "{}/{}", "from_site": "{}", "to_external": "buyer",
            "lines": [{{"product": "cpo", "quantity": "{}",
             "claim": {{"scheme": "seg", "model": "SEGREGATED"}}}}]}}}})",
      client, number, SiteOf(client), quantity);
}

}  // namespace

std::string SiteOf(int client) { return fmt::format("site-{}", client); }

v1::PostEventsRequest MakeWorld(int clients) {
  v1::PostEventsRequest request;
  const auto add = [&request](const std::string& json) {
    *request.add_events() = services::MakeEvent(
        fmt::format("crash world {}", request.events_size()), json);
  };
  add(R"({"occurred_at": "2010-01-01", "define_scheme": {"profile":
      {"scheme": "seg", "models": {"SEGREGATED": {}},
       "certificate": {"required": false}}}})");
  add(R"({"occurred_at": "2010-01-01", "register_party":
      {"party": "mill-co", "roles": ["OPERATOR"]}})");
  add(R"({"occurred_at": "2010-01-01", "define_product":
      {"product": "cpo", "unit": "TNE", "decimals": 2}})");
  for (int client = 0; client < clients; ++client) {
    add(fmt::format(R"({{"occurred_at": "2010-01-01", "register_site":
        {{"site": "{}", "party": "mill-co", "kinds": ["MILL"]}}}})",
                    SiteOf(client)));
  }
  return request;
}

int64_t DeltaOf(int64_t number) {
  switch (number % kRound) {
    case kFirst:
      return kReceived * kRound;
    case kTooMuch:
      return 0;
    default:
      return number % 2 == 0 ? kReceived : -kShipped;
  }
}

v1::Event MakeEvent(int client, int64_t number) {
  constexpr int64_t kNeverThere = 1'000'000'000;
  const int64_t delta = DeltaOf(number);
  const std::string json =
      delta > 0 ? Receipt(client, delta)
                : Shipment(client, number, delta == 0 ? kNeverThere : -delta);
  return services::MakeEvent(fmt::format("crash {} {}", client, number), json);
}

}  // namespace tally::crash
