// A commit group: records that become durable together, in one append. It is
// filled by the thread that decides and handed to the one that appends; its
// memory is used again by the next group.
//
//   Group group;
//   group.Clear(journal.head().size);
//   group.Add(now, event_bytes, decision);
//   RETURN_IF_ERROR(journal.Append(group));

#ifndef TALLY_ENGINE_LOG_GROUP_H_
#define TALLY_ENGINE_LOG_GROUP_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/model/event.h"
#include "engine/model/indices.h"
#include "engine/model/outcome.h"

namespace tally {

class Group {
 public:
  explicit Group(Position first = 0) : first_(first) {}

  // Empties it; the next record is that of position `first`.
  void Clear(Position first);

  // Adds the record of position end(). `event` is what EncodeEvent() gave.
  void Add(Instant recorded_at, std::string_view event,
           const Decision& decision, std::string_view salt = {},
           const Poster& poster = {});

  // Adds a record as it is stored elsewhere: that of position end().
  void AddStored(Instant recorded_at, std::string_view record);

  // Takes the last records back, until `count` are left.
  void Truncate(int64_t count);

  Position first() const { return first_; }
  int64_t count() const { return static_cast<int64_t>(ends_.size()); }
  Position end() const { return first_ + count(); }
  bool empty() const { return ends_.empty(); }
  int64_t bytes() const { return static_cast<int64_t>(bytes_.size()); }

  // The record of position first() + i, as it is stored and hashed.
  std::string_view record(int64_t i) const;
  Instant recorded_at(int64_t i) const;

 private:
  Position first_;
  std::string bytes_;         // the records, one after the other
  std::vector<size_t> ends_;  // where each ends in bytes_
  std::vector<Instant> times_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_GROUP_H_
