// The rows of the derived tables, as plain values: the index knows neither
// state nor rules.

#ifndef TALLY_ENGINE_INDEX_ROWS_H_
#define TALLY_ENGINE_INDEX_ROWS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/model/refusal.h"

namespace tally {

// Where an event is in the log, and what it says: ContentFingerprint().
struct EventIdRow {
  Uuid id;
  Position position = -1;
  uint64_t fingerprint = 0;

  friend bool operator==(const EventIdRow&, const EventIdRow&) = default;
};

// One posting on one account.
struct EntryRow {
  AccountIndex account;
  Date date;  // the business date
  Position position = -1;
  int32_t ordinal = 0;  // among the postings of its event
  ProductIndex product;
  Quantity delta;

  friend bool operator==(const EntryRow&, const EntryRow&) = default;
};

// What each event did, in bytes that mean nothing to the index, for positions
// that follow each other.
class EffectBatch {
 public:
  Position first() const { return first_; }
  int64_t count() const { return static_cast<int64_t>(ends_.size()); }
  // Of position first() + i.
  std::string_view row(int64_t i) const {
    const auto place = static_cast<size_t>(i);
    const size_t begin = place == 0 ? 0 : ends_[place - 1];
    return std::string_view(bytes_).substr(begin, ends_[place] - begin);
  }

  void Add(Position position, std::string_view bytes) {
    if (ends_.empty()) first_ = position;
    bytes_.append(bytes);
    ends_.push_back(bytes_.size());
  }
  // Takes the last rows back, until `count` are left.
  void Truncate(int64_t count) {
    ends_.resize(static_cast<size_t>(count));
    bytes_.resize(ends_.empty() ? 0 : ends_.back());
  }

 private:
  Position first_ = 0;
  std::string bytes_;         // the rows, one after the other
  std::vector<size_t> ends_;  // where each ends in bytes_
};

// What follows from the records [first, end), in the order of the log.
struct IndexBatch {
  Position first = 0;
  Position end = 0;
  std::vector<EventIdRow> event_ids;
  std::vector<EntryRow> entries;
  EffectBatch effects;

  void Clear(Position new_first) {
    first = new_first;
    end = new_first;
    event_ids.clear();
    entries.clear();
    effects.Truncate(0);
  }
};

// An attempt that was refused. Not in the log: a refused event consumes
// nothing.
struct RefusalRow {
  int64_t sequence = -1;  // given when it is written, counting from 0
  Instant recorded_at;
  Uuid event;
  int32_t kind = 0;  // of the event, as in the log
  Code code = Code::kAccepted;
  std::string party;   // who is concerned
  std::string detail;  // the refusal's message

  friend bool operator==(const RefusalRow&, const RefusalRow&) = default;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_ROWS_H_
