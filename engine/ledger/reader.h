// What the files of queries read from: the durable state, the log and the
// derived tables. Thread-safe.

#ifndef TALLY_ENGINE_LEDGER_READER_H_
#define TALLY_ENGINE_LEDGER_READER_H_

#include "absl/functional/function_ref.h"
#include "engine/ledger/follower.h"
#include "engine/ledger/storage.h"
#include "engine/ledger/view.h"
#include "engine/log/journal.h"

namespace tally {

class Reader {
 public:
  // Both must outlive it.
  Reader(const Follower* follower, const Storage* storage)
      : follower_(follower), storage_(storage) {}

  // See Follower::Read().
  void Read(absl::FunctionRef<void(const View&)> read) const {
    follower_->Read(read);
  }

  const Journal& journal() const { return *storage_->journal; }
  // Complete for every position that Read() shows.
  const Tables& tables() const { return *storage_->tables; }
  // nullptr of a ledger in memory.
  Database* log_database() const { return storage_->log_database; }

 private:
  const Follower* const follower_;
  const Storage* const storage_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_READER_H_
