// Events as the log holds them: by id, by position, one after the other.

#ifndef TALLY_ENGINE_LEDGER_EVENT_QUERIES_H_
#define TALLY_ENGINE_LEDGER_EVENT_QUERIES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/standing.h"
#include "engine/model/event.h"
#include "engine/model/outcome.h"

namespace tally {

// An accepted event. Its views point into the arena of the answer.
struct RecordedEvent {
  Position position = -1;
  Instant recorded_at;
  Event event;  // with its poster
  Decision decision;
};

struct EventAnswer {
  Standing standing;
  std::unique_ptr<Arena> arena;
  RecordedEvent event;
};

absl::StatusOr<EventAnswer> GetEvent(const Ledger& ledger, const Uuid& id);
absl::StatusOr<EventAnswer> GetEventAt(const Ledger& ledger, Position position);

// Filters that are given must all hold.
struct EventListQuestion {
  Position from = 0;
  std::optional<Position> to;  // inclusive
  // By Body alternative; empty: all.
  std::vector<int> kinds;
  // As actor, or as owner of a site, holder of a certificate or of credits
  // that the event names.
  std::string_view party;
  std::string_view site;
  std::string_view product;
  std::optional<Date> occurred_from;
  std::optional<Date> occurred_to;
  int32_t size = 0;  // as of PageQuestion
};

struct EventListAnswer {
  Standing standing;
  std::unique_ptr<Arena> arena;
  std::vector<RecordedEvent> events;  // by position
  // Where to go on: the first position that was not looked at. A bounded
  // number is looked at for each page, however few match.
  Position next = 0;
  bool at_end = false;  // there is nothing from `next` on, so far
};

absl::StatusOr<EventListAnswer> ListEvents(const Ledger& ledger,
                                           const EventListQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_EVENT_QUERIES_H_
