// Events of the size and shape that a busy ledger gets: receipts and shipments
// with realistic ids.

#ifndef TALLY_BENCH_MICRO_SAMPLE_EVENTS_H_
#define TALLY_BENCH_MICRO_SAMPLE_EVENTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/arena.h"
#include "engine/model/event.h"
#include "fmt/format.h"

namespace tally {

inline Event SampleReceive(int64_t number, Arena* arena) {
  auto* receive = arena->New<Receive>({});
  receive->site = arena->Copy(fmt::format("mill-{:05}", number % 10'000));
  receive->product = "cpo";
  receive->quantity = {.mantissa = 24'000 + number % 5'000, .scale = 3};
  receive->claim = {.scheme = "rspo-2020", .model = Model::kMassBalance};
  receive->supplier = arena->Copy(fmt::format("grower-{:06}", number % 99'991));
  receive->supplier_certificate = "RSPO-1123581";
  Event event;
  event.id = UuidOfName(fmt::format("event {}", number));
  event.occurred_at = Instant(1'740'787'200'000'000 + number * 1'000);
  event.document = arena->Copy(fmt::format("WB-2025-{:08}", number));
  event.body = static_cast<const Receive*>(receive);
  return event;
}

inline Event SampleShip(int64_t number, Arena* arena) {
  const auto lines = arena->NewArray<ShipLine>(1);
  lines[0].product = "cpo";
  lines[0].quantity = {.mantissa = 18'000 + number % 5'000, .scale = 3};
  lines[0].claim = {.scheme = "rspo-2020", .model = Model::kMassBalance};
  auto* ship = arena->New<Ship>({});
  ship->shipment = arena->Copy(fmt::format("S-2025-{:09}", number));
  ship->from_site = arena->Copy(fmt::format("mill-{:05}", number % 10'000));
  ship->to_site = arena->Copy(fmt::format("refinery-{:04}", number % 997));
  ship->lines = lines;
  Event event;
  event.id = UuidOfName(fmt::format("event {}", number));
  event.occurred_at = Instant(1'740'787'200'000'000 + number * 1'000);
  event.document = arena->Copy(fmt::format("BL-2025-{:08}", number));
  event.body = static_cast<const Ship*>(ship);
  return event;
}

inline Event SampleEvent(int64_t number, Arena* arena) {
  return number % 2 == 0 ? SampleReceive(number, arena)
                         : SampleShip(number, arena);
}

}  // namespace tally

#endif  // TALLY_BENCH_MICRO_SAMPLE_EVENTS_H_
