// The journal of refused attempts, so that a certification body can see what
// was tried. It follows from no log: it is written as it happens, through the
// write-ahead log but without fsync, so that a crash of the process loses
// nothing and one of the machine the last moments. Bounded by count: the
// oldest are forgotten.
//
// Add() is called by one thread, List() by any.

#ifndef TALLY_ENGINE_INDEX_REFUSALS_H_
#define TALLY_ENGINE_INDEX_REFUSALS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/index/rows.h"
#include "engine/storage/database.h"

namespace tally {

struct RefusalQuery {
  std::string party;      // empty: of all
  int64_t before = -1;    // a sequence number: older ones only; -1: the newest
  int32_t page_size = 0;  // at least 1
};

struct RefusalPage {
  std::vector<RefusalRow> refusals;  // newest first
  // What to give as `before` for the next page; -1: there is none.
  int64_t next_before = -1;
};

class Refusals {
 public:
  static absl::StatusOr<std::unique_ptr<Refusals>> Open(
      const Database* database, rocksdb::ColumnFamilyHandle* family,
      int64_t count_max);

  // Their sequence numbers are given here. Texts beyond the limits of
  // model/limits.h are cut.
  absl::Status Add(std::span<const RefusalRow> refusals);

  // A page may hold fewer than asked for and still have a next one: it looks
  // at a bounded number of rows.
  absl::StatusOr<RefusalPage> List(const RefusalQuery& query) const;

  // Attempts so far, the forgotten ones included.
  int64_t count() const { return next_.load(std::memory_order_acquire); }

 private:
  Refusals(const Database* database, rocksdb::ColumnFamilyHandle* family,
           int64_t count_max)
      : database_(database), family_(family), count_max_(count_max) {}

  const Database* database_;
  rocksdb::ColumnFamilyHandle* family_;
  const int64_t count_max_;
  int64_t first_ = 0;  // the oldest that may still be stored; of the writer
  std::atomic<int64_t> next_{0};
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_REFUSALS_H_
