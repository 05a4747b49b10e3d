// Signed notes in the log's own database, so that they are copied, backed up
// and opened with what they speak of.

#ifndef TALLY_ENGINE_LOG_ROCKS_NOTE_TABLE_H_
#define TALLY_ENGINE_LOG_ROCKS_NOTE_TABLE_H_

#include <optional>
#include <string_view>

#include "engine/log/note_table.h"
#include "engine/storage/database.h"

namespace tally {

class RocksNoteTable final : public NoteTable {
 public:
  // Both must outlive it.
  RocksNoteTable(Database* database, rocksdb::ColumnFamilyHandle* family)
      : database_(database), family_(family) {}

  absl::Status Put(std::string_view key, std::string_view value) override;
  absl::StatusOr<std::optional<NoteRow>> AtOrAfter(
      std::string_view key) const override;
  absl::StatusOr<std::optional<NoteRow>> Before(
      std::string_view key) const override;

 private:
  Database* const database_;
  rocksdb::ColumnFamilyHandle* const family_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_ROCKS_NOTE_TABLE_H_
