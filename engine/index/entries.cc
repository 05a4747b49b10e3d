#include "engine/index/entries.h"

#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/index/statement_cursor.h"
#include "engine/index/statement_token.h"
#include "fmt/format.h"
#include "rocksdb/table.h"

namespace tally {
namespace {

// Entries that one page may look at, however few of them it may show.
constexpr int64_t kLookedAtMax = 20'000;

}  // namespace

rocksdb::ColumnFamilyOptions Entries::FamilyOptions(
    std::shared_ptr<rocksdb::Cache> cache, int64_t write_buffer_bytes) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = static_cast<size_t>(write_buffer_bytes);
  // Runs come sorted and are seldom read, so they are merged as seldom as
  // reads allow.
  options.compaction_style = rocksdb::kCompactionStyleUniversal;
  options.level0_file_num_compaction_trigger = 8;
  options.compression = rocksdb::CompressionType::kLZ4Compression;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = std::move(cache);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

absl::StatusOr<Quantity> Entries::BalanceAt(AccountIndex account, Date date,
                                            Position known_end) const {
  AccountEntries entries(*database_, families_, *tails_, account);
  RETURN_IF_ERROR(entries.Open());
  ASSIGN_OR_RETURN(const int64_t known, entries.CountKnown(known_end));
  return entries.SumOfFirst(known, date);
}

absl::StatusOr<StatementToken> Entries::Begin(const StatementQuery& query,
                                              AccountEntries* entries) {
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
  ASSIGN_OR_RETURN(token.known_count, entries->CountKnown(query.known_end));
  if (query.dates.first > Date::Min()) {
    ASSIGN_OR_RETURN(
        token.balance,
        entries->SumOfFirst(token.known_count, query.dates.first.AddDays(-1)));
  }
  return token;
}

absl::StatusOr<StatementPage> Entries::ReadStatement(
    const StatementQuery& query) const {
  TALLY_CHECK(query.page_size > 0);
  AccountEntries entries(*database_, families_, *tails_, query.account);
  RETURN_IF_ERROR(entries.Open());
  ASSIGN_OR_RETURN(StatementToken at, Begin(query, &entries));
  StatementPage page{.opening = at.balance};
  StatementCursor cursor(*database_, families_, entries, query.account,
                         {.date = at.next_date, .number = at.next_number},
                         query.dates.last, kLookedAtMax + 1);
  for (int64_t looked_at = 0; cursor.Valid(); cursor.Next(), ++looked_at) {
    const StatementPlace place = cursor.place();
    if (looked_at == kLookedAtMax ||
        std::ssize(page.entries) == query.page_size) {
      at.next_date = place.date;
      at.next_number = place.number;
      page.next_page_token = EncodeToken(at);
      break;
    }
    // Posted after what the statement knows.
    if (place.number >= at.known_count) continue;
    ASSIGN_OR_RETURN(const EntryRow row, entries.Read(place.number));
    if (!at.balance.Add(row.delta)) {
      return absl::DataLossError(fmt::format(
          "the balance of account {} overflows", query.account.value()));
    }
    page.entries.push_back(row);
  }
  RETURN_IF_ERROR(cursor.status());
  return page;
}

}  // namespace tally
