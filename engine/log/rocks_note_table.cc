#include "engine/log/rocks_note_table.h"

#include <memory>
#include <string>

#include "engine/base/status_macros.h"
#include "engine/storage/rocks_status.h"

namespace tally {
namespace {

constexpr std::string_view kReading = "read the signed notes";

absl::StatusOr<std::optional<NoteRow>> RowAt(
    const rocksdb::Iterator& iterator) {
  RETURN_IF_ERROR(FromRocks(iterator.status(), kReading));
  if (!iterator.Valid()) return std::nullopt;
  return NoteRow{.key = std::string(ToStd(iterator.key())),
                 .value = std::string(ToStd(iterator.value()))};
}

}  // namespace

absl::Status RocksNoteTable::Put(std::string_view key, std::string_view value) {
  rocksdb::WriteOptions durable;
  durable.sync = true;
  return FromRocks(
      database_->rocks()->Put(durable, family_, ToSlice(key), ToSlice(value)),
      "write a signed note");
}

absl::StatusOr<std::optional<NoteRow>> RocksNoteTable::AtOrAfter(
    std::string_view key) const {
  const std::unique_ptr<rocksdb::Iterator> iterator(
      database_->rocks()->NewIterator(rocksdb::ReadOptions(), family_));
  iterator->Seek(ToSlice(key));
  return RowAt(*iterator);
}

absl::StatusOr<std::optional<NoteRow>> RocksNoteTable::Before(
    std::string_view key) const {
  const std::unique_ptr<rocksdb::Iterator> iterator(
      database_->rocks()->NewIterator(rocksdb::ReadOptions(), family_));
  iterator->SeekForPrev(ToSlice(key));
  if (iterator->Valid() && ToStd(iterator->key()) == key) iterator->Prev();
  return RowAt(*iterator);
}

}  // namespace tally
