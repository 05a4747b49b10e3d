// Rows of the derived tables that are in memory alone: those of the newest
// records, until they become a sorted run on disk.
//
// An account's entries are numbered in the order in which they were posted;
// a tail holds, for each account, consecutive ones. Not thread-safe: see
// tails.h.

#ifndef TALLY_ENGINE_INDEX_TAIL_H_
#define TALLY_ENGINE_INDEX_TAIL_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/uuid.h"
#include "engine/index/rows.h"
#include "engine/model/indices.h"

namespace tally {

// Consecutive entries of one account, the first of them its `first_number`th.
struct NumberedEntries {
  int64_t first_number = 0;
  std::vector<EntryRow> rows;

  int64_t end() const { return first_number + std::ssize(rows); }
};

class Tail {
 public:
  // Begins with the records from `first` on.
  explicit Tail(Position first) : end_(first) {}

  // Adds the rows of the records up to `end`. `numbers` has each entry's
  // number in its account.
  void Add(Position end, std::span<const EventIdRow> event_ids,
           std::span<const EntryRow> entries, std::span<const int64_t> numbers);

  Position end() const { return end_; }
  // Rows, of both kinds: what it takes in memory.
  int64_t size() const {
    return static_cast<int64_t>(event_ids_.size() + entries_.size());
  }

  // nullptr where it is not among them.
  const EventIdRow* FindEvent(const Uuid& id) const;
  // Appends the account's entries to `found`, which ends where they begin.
  void AppendEntries(AccountIndex account, NumberedEntries* found) const;

  // For a sorted run: all ids by id; the accounts with entries, in order.
  std::vector<EventIdRow> SortedEventIds() const;
  std::vector<AccountIndex> SortedAccounts() const;

 private:
  // An account's entries are linked from the newest to the oldest.
  struct Chain {
    int64_t first_number = 0;
    int32_t count = 0;
    int32_t newest = -1;
  };
  struct Link {
    EntryRow row;
    int32_t older = -1;
  };

  Position end_;
  absl::flat_hash_map<Uuid, EventIdRow> event_ids_;
  absl::flat_hash_map<AccountIndex, Chain> chains_;
  std::vector<Link> entries_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_TAIL_H_
