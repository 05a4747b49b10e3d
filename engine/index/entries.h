// The postings on each account, for statements and for balances as at a
// business date, as known at a position of the log.
//
// An account's entries are numbered in the order in which they were posted.
// Three tables:
//   rows   (account, number) -> date, position, ordinal, product, delta
//   dates  (account, date, number): the same entries in the statement's order
//   sums   (account, level, block, date) -> the sum of the deltas of a block
//          of 256 * 16^level consecutive entries that are dated `date` or
//          earlier, written once when the block is full
// What is known at a position is a prefix of an account's numbering. A prefix
// splits into O(log n) blocks, each answered by one seek in its sums, and
// fewer than 256 rows. Most accounts have fewer than 256 entries and no sums.
// The newest entries are in memory (tails.h) and have no sums yet.

#ifndef TALLY_ENGINE_INDEX_ENTRIES_H_
#define TALLY_ENGINE_INDEX_ENTRIES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/index/account_entries.h"
#include "engine/index/entry_families.h"
#include "engine/index/rows.h"
#include "engine/index/tails.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/storage/database.h"

namespace tally {

struct StatementToken;

struct StatementQuery {
  AccountIndex account;
  // Business dates, both included.
  DateRange dates{Date::Min(), Date::Max()};
  // Entries of positions below it: the statement as it was known there. The
  // following pages keep the first one's.
  Position known_end = 0;
  int32_t page_size = 0;   // at least 1
  std::string page_token;  // of the page before; empty: the first
};

struct StatementPage {
  // The balance before the first entry of this page.
  Quantity opening;
  std::vector<EntryRow> entries;  // by date, then in the order of the log
  std::string next_page_token;    // empty: this is the last page
};

class Entries {
 public:
  // Both must outlive it.
  Entries(const Database* database, const EntryFamilies& families,
          const Tails* tails)
      : database_(database), families_(families), tails_(tails) {}

  static rocksdb::ColumnFamilyOptions FamilyOptions(
      std::shared_ptr<rocksdb::Cache> cache, int64_t write_buffer_bytes);

  // The sum of the deltas dated `date` or earlier of the positions below
  // `known_end`. Zero for an account that has none.
  absl::StatusOr<Quantity> BalanceAt(AccountIndex account, Date date,
                                     Position known_end) const;

  // INVALID_ARGUMENT for a page token that is not one, or not of this query.
  absl::StatusOr<StatementPage> ReadStatement(
      const StatementQuery& query) const;

 private:
  // Where the query's page begins.
  static absl::StatusOr<StatementToken> Begin(const StatementQuery& query,
                                              AccountEntries* entries);

  const Database* database_;
  const EntryFamilies families_;
  const Tails* tails_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_ENTRIES_H_
