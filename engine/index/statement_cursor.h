// Goes through an account's entries by date, and within a date in the order
// in which they were posted: those on disk merged with those in memory.

#ifndef TALLY_ENGINE_INDEX_STATEMENT_CURSOR_H_
#define TALLY_ENGINE_INDEX_STATEMENT_CURSOR_H_

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/base/date.h"
#include "engine/index/account_entries.h"

namespace tally {

// The place of an entry in a statement.
struct StatementPlace {
  Date date;
  int64_t number = 0;

  friend auto operator<=>(const StatementPlace&,
                          const StatementPlace&) = default;
};

class StatementCursor {
 public:
  // From `first` on, up to `last`. At most `newest_max` entries in memory are
  // gone through.
  StatementCursor(const Database& database, const EntryFamilies& families,
                  const AccountEntries& entries, AccountIndex account,
                  StatementPlace first, Date last, int64_t newest_max);

  bool Valid() const { return is_stored_ || newest_at_ < newest_.size(); }
  // Of the entry it is at.
  StatementPlace place() const;
  void Next();
  // What ended it, when it is not Valid() any more.
  absl::Status status() const;

 private:
  // Takes up what the iterator is at, if that is an entry to go through.
  void LookAtStored();

  const AccountIndex account_;
  const std::string prefix_;
  const int64_t stored_;
  const Date last_;
  const std::unique_ptr<rocksdb::Iterator> dates_;
  bool is_stored_ = false;
  StatementPlace stored_at_;
  std::vector<StatementPlace> newest_;
  size_t newest_at_ = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_STATEMENT_CURSOR_H_
