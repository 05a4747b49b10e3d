#include "engine/index/stored_entries.h"

#include "engine/base/status_macros.h"
#include "engine/index/entry_keys.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"

namespace tally {
namespace {

int64_t NumberOf(const rocksdb::Slice& key) {
  return static_cast<int64_t>(
      FixedReader(ToStd(key).substr(kAccountBytes)).Big(kNumberBytes));
}

}  // namespace

StoredEntries::StoredEntries(const Database& database,
                             rocksdb::ColumnFamilyHandle* rows,
                             AccountIndex account)
    : account_(account),
      iterator_(database.rocks()->NewIterator(rocksdb::ReadOptions(), rows)) {}

absl::StatusOr<int64_t> StoredEntries::Count() {
  at_ = -1;
  iterator_->SeekForPrev(RowKey(account_, kNumberMax));
  if (iterator_->Valid() &&
      iterator_->key().starts_with(AccountKey(account_))) {
    at_ = NumberOf(iterator_->key());
  }
  RETURN_IF_ERROR(status());
  return at_ + 1;
}

absl::StatusOr<EntryRow> StoredEntries::Read(int64_t number) {
  if (at_ < 0 || number != at_) {
    if (at_ >= 0 && number == at_ + 1) {
      iterator_->Next();
    } else {
      iterator_->Seek(RowKey(account_, number));
    }
  }
  at_ = -1;
  RETURN_IF_ERROR(status());
  if (!iterator_->Valid() ||
      ToStd(iterator_->key()) != RowKey(account_, number)) {
    return absl::DataLossError(fmt::format(
        "entry {} of account {} is not there", number, account_.value()));
  }
  at_ = number;
  return DecodeRow(account_, ToStd(iterator_->value()));
}

absl::Status StoredEntries::status() const {
  return FromRocks(iterator_->status(),
                   fmt::format("read the entries of {}", account_.value()));
}

}  // namespace tally
