// The newest rows of the derived tables, while they are in memory: an open
// tail that grows, and the one before it while it is made a sorted run.
//
// Thread-safe. One thread adds and seals; any may read, beside it and beside
// the making of the run. Who reads asks here first and then the runs: what
// leaves memory meanwhile is on disk before it goes.

#ifndef TALLY_ENGINE_INDEX_TAILS_H_
#define TALLY_ENGINE_INDEX_TAILS_H_

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/index/tail.h"

namespace tally {

class Tails {
 public:
  // The records below `first` are in runs.
  explicit Tails(Position first)
      : open_(std::make_shared<Tail>(first)), stored_end_(first) {}

  // As Tail::Add().
  void Add(Position end, std::span<const EventIdRow> event_ids,
           std::span<const EntryRow> entries, std::span<const int64_t> numbers)
      TALLY_EXCLUDES(mutex_);

  // Complete for the positions below it, the runs included.
  Position end() const TALLY_EXCLUDES(mutex_);
  // Complete in the runs alone.
  Position stored_end() const TALLY_EXCLUDES(mutex_);
  // Rows of the open tail.
  int64_t open_size() const TALLY_EXCLUDES(mutex_);

  // For each id without a row yet, fills it in where it is here.
  void FindEvents(std::span<const Uuid> ids,
                  std::vector<std::optional<EventIdRow>>* rows) const
      TALLY_EXCLUDES(mutex_);
  NumberedEntries EntriesOf(AccountIndex account) const TALLY_EXCLUDES(mutex_);

  // Closes the open tail and gives it out to be made a run; the one before
  // must be gone.
  std::shared_ptr<const Tail> Seal() TALLY_EXCLUDES(mutex_);
  // The sealed tail is on disk.
  void DropSealed() TALLY_EXCLUDES(mutex_);
  // Forgets everything; begins anew at `first`.
  void Clear(Position first) TALLY_EXCLUDES(mutex_);

 private:
  mutable SharedMutex mutex_;
  std::shared_ptr<const Tail> sealed_ TALLY_GUARDED_BY(mutex_);
  std::shared_ptr<Tail> open_ TALLY_GUARDED_BY(mutex_);
  Position stored_end_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_TAILS_H_
