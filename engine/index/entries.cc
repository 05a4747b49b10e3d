#include "engine/index/entries.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/index/entry_keys.h"
#include "engine/index/entry_sums.h"
#include "engine/index/statement_token.h"
#include "engine/storage/rocks_status.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/table.h"
#include "rocksdb/write_batch.h"

namespace tally {
namespace {

// Entries that one page may look at, however few of them it may show.
constexpr int64_t kLookedAtMax = 20'000;

absl::Status ReadStatus(const rocksdb::Iterator& iterator,
                        AccountIndex account) {
  return FromRocks(iterator.status(),
                   fmt::format("read the entries of {}", account.value()));
}

// Reads the rows of one account by their numbers; in order is cheapest.
class RowReader {
 public:
  RowReader(const Database& database, rocksdb::ColumnFamilyHandle* rows,
            AccountIndex account)
      : account_(account),
        iterator_(database.rocks()->NewIterator(rocksdb::ReadOptions(), rows)) {
  }

  // How many there are.
  absl::StatusOr<int64_t> Count() {
    at_ = -1;
    iterator_->SeekForPrev(RowKey(account_, kNumberMax));
    if (iterator_->Valid() &&
        iterator_->key().starts_with(AccountKey(account_))) {
      at_ = NumberOf(iterator_->key());
    }
    RETURN_IF_ERROR(ReadStatus(*iterator_, account_));
    return at_ + 1;
  }

  absl::StatusOr<EntryRow> Read(int64_t number) {
    if (at_ < 0 || number != at_) {
      if (at_ >= 0 && number == at_ + 1) {
        iterator_->Next();
      } else {
        iterator_->Seek(RowKey(account_, number));
      }
    }
    at_ = -1;
    RETURN_IF_ERROR(ReadStatus(*iterator_, account_));
    if (!iterator_->Valid() ||
        ToStd(iterator_->key()) != RowKey(account_, number)) {
      return absl::DataLossError(fmt::format(
          "entry {} of account {} is not there", number, account_.value()));
    }
    at_ = number;
    return DecodeRow(account_, ToStd(iterator_->value()));
  }

  // How many of the first `count` are of positions below `known_end`.
  absl::StatusOr<int64_t> CountKnown(int64_t count, Position known_end) {
    // The newest first: that is what is asked for most.
    int64_t known = 0;
    int64_t probe = count - 1;
    while (known < count) {
      ASSIGN_OR_RETURN(const EntryRow row, Read(probe));
      if (row.position < known_end) {
        known = probe + 1;
      } else {
        count = probe;
      }
      probe = known + (count - known) / 2;
    }
    return known;
  }

 private:
  static int64_t NumberOf(const rocksdb::Slice& key) {
    return static_cast<int64_t>(
        FixedReader(ToStd(key).substr(kAccountBytes)).Big(kNumberBytes));
  }

  const AccountIndex account_;
  const std::unique_ptr<rocksdb::Iterator> iterator_;
  int64_t at_ = -1;  // the number that the iterator is at
};

}  // namespace

Entries::Entries(const Database* database, Families families)
    : database_(database), families_(families) {}

rocksdb::ColumnFamilyOptions Entries::FamilyOptions(
    std::shared_ptr<rocksdb::Cache> cache, int64_t write_buffer_bytes) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = static_cast<size_t>(write_buffer_bytes);
  options.level_compaction_dynamic_level_bytes = true;
  options.compression = rocksdb::CompressionType::kLZ4Compression;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = std::move(cache);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

void Entries::Forget() {
  counts_.clear();
  stored_accounts_ = -1;
}

absl::StatusOr<int64_t> Entries::CountOf(AccountIndex account) {
  TALLY_CHECK(account.valid());
  if (stored_accounts_ < 0) {
    ASSIGN_OR_RETURN(stored_accounts_, CountStoredAccounts());
  }
  const auto at = static_cast<size_t>(account.value());
  if (at >= counts_.size()) counts_.resize(at + 1 + at / 2, -1);
  if (counts_[at] < 0) {
    counts_[at] = 0;
    if (account.value() < stored_accounts_) {
      RowReader reader(*database_, families_.rows, account);
      ASSIGN_OR_RETURN(counts_[at], reader.Count());
    }
  }
  return counts_[at];
}

absl::StatusOr<int64_t> Entries::CountStoredAccounts() const {
  const std::unique_ptr<rocksdb::Iterator> iterator(
      database_->rocks()->NewIterator(rocksdb::ReadOptions(), families_.rows));
  iterator->SeekToLast();
  RETURN_IF_ERROR(FromRocks(iterator->status(), "read the entries"));
  if (!iterator->Valid()) return 0;
  FixedReader key(ToStd(iterator->key()));
  return static_cast<int64_t>(key.Big(kAccountBytes)) + 1;
}

absl::Status Entries::Put(std::span<const EntryRow> rows,
                          rocksdb::WriteBatch* batch) {
  // Account by account, each in the order of the log.
  std::vector<size_t> order(rows.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&rows](size_t a, size_t b) {
    return rows[a].account < rows[b].account;
  });
  SumReader sum_reader(*database_, families_.sums);
  SumWriter sums(&sum_reader, families_.sums, batch);
  for (size_t begin = 0; begin < order.size();) {
    const AccountIndex account = rows[order[begin]].account;
    size_t end = begin;
    std::vector<EntryRow> own;
    for (; end < order.size() && rows[order[end]].account == account; ++end) {
      own.push_back(rows[order[end]]);
    }
    RETURN_IF_ERROR(PutAccount(account, own, &sums, batch));
    begin = end;
  }
  return absl::OkStatus();
}

absl::Status Entries::PutAccount(AccountIndex account,
                                 std::span<const EntryRow> rows,
                                 SumWriter* sums, rocksdb::WriteBatch* batch) {
  ASSIGN_OR_RETURN(const int64_t count, CountOf(account));
  const int64_t new_count = count + std::ssize(rows);
  for (int64_t number = count; number < new_count; ++number) {
    const EntryRow& row = rows[static_cast<size_t>(number - count)];
    batch->Put(families_.rows, RowKey(account, number), EncodeRow(row));
    batch->Put(families_.dates, DateKey(account, row.date, number),
               rocksdb::Slice());
  }
  for (int64_t block = count / kBlockEntries; block < new_count / kBlockEntries;
       ++block) {
    std::map<Date, uint64_t> deltas;
    RowReader reader(*database_, families_.rows, account);
    for (int64_t number = block * kBlockEntries;
         number < (block + 1) * kBlockEntries; ++number) {
      EntryRow row;
      if (number < count) {
        ASSIGN_OR_RETURN(row, reader.Read(number));
      } else {
        row = rows[static_cast<size_t>(number - count)];
      }
      deltas[row.date] += static_cast<uint64_t>(row.delta.units());
    }
    RETURN_IF_ERROR(sums->AddFull(account, block, deltas));
  }
  counts_[static_cast<size_t>(account.value())] = new_count;
  return absl::OkStatus();
}

absl::StatusOr<Quantity> Entries::BalanceAt(AccountIndex account, Date date,
                                            Position known_end) const {
  RowReader reader(*database_, families_.rows, account);
  ASSIGN_OR_RETURN(const int64_t count, reader.Count());
  ASSIGN_OR_RETURN(const int64_t known, reader.CountKnown(count, known_end));
  return SumOfFirst(account, known, date);
}

absl::StatusOr<Quantity> Entries::SumOfFirst(AccountIndex account,
                                             int64_t count, Date date) const {
  uint64_t sum = 0;
  int64_t at = 0;
  SumReader sums(*database_, families_.sums);
  for (int level = kBlockLevels - 1; level >= 0; --level) {
    const int64_t size = BlockSize(level);
    for (; at + size <= count; at += size) {
      ASSIGN_OR_RETURN(
          const uint64_t block,
          sums.SumAt(account, {.level = level, .index = at / size}, date));
      sum += block;
    }
  }
  RowReader rows(*database_, families_.rows, account);
  for (; at < count; ++at) {
    ASSIGN_OR_RETURN(const EntryRow row, rows.Read(at));
    if (row.date <= date) sum += static_cast<uint64_t>(row.delta.units());
  }
  return Quantity(static_cast<int64_t>(sum));
}

absl::StatusOr<StatementToken> Entries::Begin(
    const StatementQuery& query) const {
  if (!query.page_token.empty()) {
    ASSIGN_OR_RETURN(const StatementToken token, DecodeToken(query.page_token));
    if (token.account != query.account || token.dates != query.dates) {
      return absl::InvalidArgumentError(
          "the page token is one of another statement");
    }
    return token;
  }
  StatementToken token{.account = query.account,
                       .dates = query.dates,
                       .next_date = query.dates.first};
  RowReader reader(*database_, families_.rows, query.account);
  ASSIGN_OR_RETURN(const int64_t count, reader.Count());
  ASSIGN_OR_RETURN(token.known_count,
                   reader.CountKnown(count, query.known_end));
  if (query.dates.first > Date::Min()) {
    ASSIGN_OR_RETURN(token.balance, SumOfFirst(query.account, token.known_count,
                                               query.dates.first.AddDays(-1)));
  }
  return token;
}

absl::StatusOr<StatementPage> Entries::ReadStatement(
    const StatementQuery& query) const {
  TALLY_CHECK(query.page_size > 0);
  ASSIGN_OR_RETURN(StatementToken at, Begin(query));
  StatementPage page{.opening = at.balance};
  RowReader rows(*database_, families_.rows, query.account);
  const std::unique_ptr<rocksdb::Iterator> dates(
      database_->rocks()->NewIterator(rocksdb::ReadOptions(), families_.dates));
  const std::string prefix = AccountKey(query.account);
  int64_t looked_at = 0;
  for (dates->Seek(DateKey(query.account, at.next_date, at.next_number));
       dates->Valid() && dates->key().starts_with(prefix); dates->Next()) {
    FixedReader key(ToStd(dates->key()).substr(prefix.size()));
    at.next_date = TakeDate(&key);
    at.next_number = static_cast<int64_t>(key.Big(kNumberBytes));
    if (at.next_date > query.dates.last) break;
    if (looked_at++ == kLookedAtMax ||
        std::ssize(page.entries) == query.page_size) {
      page.next_page_token = EncodeToken(at);
      break;
    }
    // Posted after what the statement knows.
    if (at.next_number >= at.known_count) continue;
    ASSIGN_OR_RETURN(const EntryRow row, rows.Read(at.next_number));
    if (!at.balance.Add(row.delta)) {
      return absl::DataLossError(fmt::format(
          "the balance of account {} overflows", query.account.value()));
    }
    page.entries.push_back(row);
  }
  RETURN_IF_ERROR(ReadStatus(*dates, query.account));
  return page;
}

}  // namespace tally
