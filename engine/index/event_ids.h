// Where each event is in the log, by its id.
//
// Nearly every question is for an id that is not there: that must be answered
// without touching the disk. RecentEventIds is the part that the thread which
// decides keeps to itself: the ids that the index does not have yet, those of
// events not durable yet included.
//
//   const EventIdRow* row = recent.Find(id);
//   if (row == nullptr) { ASSIGN_OR_RETURN(auto found, ids.Find(id)); … }

#ifndef TALLY_ENGINE_INDEX_EVENT_IDS_H_
#define TALLY_ENGINE_INDEX_EVENT_IDS_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/index/rows.h"
#include "engine/index/tails.h"
#include "engine/model/indices.h"
#include "engine/storage/database.h"

namespace tally {

class EventIds {
 public:
  // `database` and `tails` must outlive it.
  EventIds(const Database* database, rocksdb::ColumnFamilyHandle* family,
           const Tails* tails)
      : database_(database), family_(family), tails_(tails) {}

  static rocksdb::ColumnFamilyOptions FamilyOptions(
      std::shared_ptr<rocksdb::Cache> cache, int64_t write_buffer_bytes);

  absl::StatusOr<std::optional<EventIdRow>> Find(const Uuid& id) const;
  // As Find() for each, in their order, at less cost.
  absl::StatusOr<std::vector<std::optional<EventIdRow>>> FindAll(
      std::span<const Uuid> ids) const;

  // What is stored under the id.
  static std::string EncodeRow(const EventIdRow& row);

 private:
  const Database* database_;
  rocksdb::ColumnFamilyHandle* family_;
  const Tails* tails_;
};

// Used by one thread.
class RecentEventIds {
 public:
  // nullptr where it is not among them. Valid until the next change.
  const EventIdRow* Find(const Uuid& id) const;

  // Positions are added in ascending order, an id once.
  void Add(const EventIdRow& row);
  // Takes back those at `position` and after, whose events did not become
  // part of the log after all.
  void TruncateFrom(Position position);
  // Drops those below `position`, which Index::end() has passed.
  void DropBelow(Position position);

  int64_t size() const { return static_cast<int64_t>(by_id_.size()); }

 private:
  struct Added {
    Uuid id;
    Position position = -1;
  };
  absl::flat_hash_map<Uuid, EventIdRow> by_id_;
  std::deque<Added> in_order_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_EVENT_IDS_H_
