#include "tests/crash/crash_world.h"

#include <array>
#include <iterator>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "fmt/format.h"
#include "tests/services/world.h"

namespace tally::crash {
namespace {

namespace v1 = tallystick::v1;

constexpr int64_t kReceived = 10;
constexpr int64_t kShipped = 7;
constexpr int64_t kEntitled = 10;
constexpr int64_t kSold = 4;

// What the events of a round do: in their order, and then all over again.
enum class Deed : uint8_t {
  kReceiveMuch,  // more than is ever shipped
  kShip,
  kReceiveFalse,
  kOpenPeriod,
  kEntitle,  // to mass balance
  kTooMuch,  // asks for more than there is
  kVoid,     // what was received falsely
  kSell,     // mass balance
  kReceive,
  kClosePeriod,
};
constexpr std::array<Deed, 12> kRound = {
    Deed::kReceiveMuch, Deed::kShip,    Deed::kReceiveFalse, Deed::kOpenPeriod,
    Deed::kEntitle,     Deed::kTooMuch, Deed::kVoid,         Deed::kShip,
    Deed::kSell,        Deed::kReceive, Deed::kClosePeriod,  Deed::kShip};
constexpr int64_t kRoundSize = std::ssize(kRound);
// From what was received falsely to the void of it.
constexpr int64_t kFalseFor = 4;

Deed DeedOf(int64_t number) {
  return kRound[static_cast<size_t>(number % kRoundSize)];
}

// A round's month: its first or its last day, or one between them.
std::string DayOf(int64_t number, std::string_view day) {
  constexpr int64_t kFirstYear = 2025;
  constexpr int64_t kMonths = 12;
  const int64_t month = number / kRoundSize;
  const std::string start = fmt::format(
      "{}-{:02}", kFirstYear + month / kMonths, month % kMonths + 1);
  if (day != "last") return fmt::format("{}-{}", start, day);
  return ParseDate(start + "-01")->AddMonths(1).AddDays(-1).ToString();
}

std::string NameOf(int client, int64_t number) {
  return fmt::format("crash {} {}", client, number);
}

std::string Receipt(int client, std::string_view when, std::string_view claim,
                    int64_t quantity) {
  return fmt::format(
      R"({{"occurred_at": "{}", "receive":
          {{"site": "{}", "product": "cpo", "quantity": "{}",
            "claim": {}, "supplier": "upstream"}}}})",
      when, SiteOf(client), quantity, claim);
}

std::string Shipment(int client, int64_t number, std::string_view when,
                     std::string_view claim, int64_t quantity) {
  return fmt::format(
      R"({{"occurred_at": "{}", "ship":
          {{"shipment": "{}/{}", "from_site": "{}", "to_external": "buyer",
            "lines": [{{"product": "cpo", "quantity": "{}",
             "claim": {}}}]}}}})",
      when, client, number, SiteOf(client), quantity, claim);
}

std::string Period(int client, int64_t number, std::string_view kind) {
  const std::string last = DayOf(number, "last");
  return fmt::format(
      R"({{"occurred_at": "{}", "{}":
          {{"account": {{"site": "{}", "product": "cpo", "scheme": "fix"}},
            "from": "{}", "to": "{}"}}}})",
      last, kind, SiteOf(client), DayOf(number, "01"), last);
}

std::string JsonOf(int client, int64_t number) {
  constexpr int64_t kNeverThere = 1'000'000'000;
  constexpr std::string_view kSegregated =
      R"({"scheme": "seg", "model": "SEGREGATED"})";
  constexpr std::string_view kBalance =
      R"({"scheme": "fix", "model": "MASS_BALANCE"})";
  constexpr std::string_view kCame = "2025-01-10";
  constexpr std::string_view kWent = "2025-02-01";
  switch (DeedOf(number)) {
    case Deed::kReceiveMuch:
    case Deed::kReceiveFalse:
    case Deed::kReceive:
      return Receipt(client, kCame, kSegregated, DeltasOf(number).segregated);
    case Deed::kShip:
      return Shipment(client, number, kWent, kSegregated, kShipped);
    case Deed::kTooMuch:
      return Shipment(client, number, kWent, kSegregated, kNeverThere);
    case Deed::kOpenPeriod:
      return Period(client, number, "open_period");
    case Deed::kClosePeriod:
      return Period(client, number, "close_period");
    case Deed::kEntitle:
      return Receipt(client, DayOf(number, "10"), kBalance, kEntitled);
    case Deed::kSell:
      return Shipment(client, number, DayOf(number, "20"), kBalance, kSold);
    case Deed::kVoid:
      return fmt::format(
          R"({{"occurred_at": "{}", "void":
              {{"event": "{}", "reason": "forged"}}}})",
          kWent, UuidOfName(NameOf(client, number - kFalseFor)).ToString());
  }
  return "";
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
  add(R"({"occurred_at": "2010-01-01", "define_scheme": {"profile":
      {"scheme": "fix", "certificate": {"required": false},
       "models": {"MASS_BALANCE": {"accounting": "FIXED_PERIOD",
                                   "period_months": 1}}}}})");
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

bool IsRefused(int64_t number) { return DeedOf(number) == Deed::kTooMuch; }

Deltas DeltasOf(int64_t number) {
  switch (DeedOf(number)) {
    case Deed::kReceiveMuch:
      return {.segregated = kReceived * kRoundSize};
    case Deed::kReceiveFalse:
    case Deed::kReceive:
      return {.segregated = kReceived};
    case Deed::kVoid:
      return {.segregated = -kReceived};
    case Deed::kShip:
      return {.segregated = -kShipped};
    case Deed::kEntitle:
      return {.entitled = kEntitled};
    case Deed::kSell:
      return {.entitled = -kSold};
    case Deed::kOpenPeriod:
    case Deed::kClosePeriod:
    case Deed::kTooMuch:
      return {};
  }
  return {};
}

v1::Event MakeEvent(int client, int64_t number) {
  return services::MakeEvent(NameOf(client, number), JsonOf(client, number));
}

}  // namespace tally::crash
