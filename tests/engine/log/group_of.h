// Groups of small events whose content follows from their position.

#ifndef TALLY_TESTS_ENGINE_LOG_GROUP_OF_H_
#define TALLY_TESTS_ENGINE_LOG_GROUP_OF_H_

#include <string>

#include "engine/base/check.h"
#include "engine/log/group.h"
#include "engine/log/record_codec.h"
#include "fmt/format.h"

namespace tally {

inline Instant RecordedAt(Position position) {
  return Instant(1'740'787'200'000'000 + position);
}

// The words of an event; `extra` makes it longer, or other than usual.
inline std::string EventAt(Position position, const std::string& extra = "") {
  const std::string shipment = fmt::format("S{}{}", position, extra);
  Lapse lapse{.shipment = shipment};
  Event event;
  event.id = UuidOfName(fmt::format("event {}", position));
  event.occurred_at = RecordedAt(position);
  event.body = static_cast<const Lapse*>(&lapse);
  std::string bytes;
  TALLY_CHECK(EncodeEvent(event, &bytes).ok());
  return bytes;
}

inline Group GroupOf(Position first, int64_t count,
                     const std::string& extra = "") {
  Group group(first);
  for (Position position = first; position < first + count; ++position) {
    group.Add(RecordedAt(position), EventAt(position, extra), Decision());
  }
  return group;
}

// The record at a position, as GroupOf() makes it.
inline std::string RecordAt(Position position, const std::string& extra = "") {
  return std::string(GroupOf(position, 1, extra).record(0));
}

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_LOG_GROUP_OF_H_
