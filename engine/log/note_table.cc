#include "engine/log/note_table.h"

#include <iterator>

namespace tally {

absl::Status MemoryNoteTable::Put(std::string_view key,
                                  std::string_view value) {
  MutexLock lock(&mutex_);
  rows_.insert_or_assign(std::string(key), std::string(value));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<NoteRow>> MemoryNoteTable::AtOrAfter(
    std::string_view key) const {
  MutexLock lock(&mutex_);
  const auto found = rows_.lower_bound(key);
  if (found == rows_.end()) return std::nullopt;
  return NoteRow{.key = found->first, .value = found->second};
}

absl::StatusOr<std::optional<NoteRow>> MemoryNoteTable::Before(
    std::string_view key) const {
  MutexLock lock(&mutex_);
  const auto after = rows_.lower_bound(key);
  if (after == rows_.begin()) return std::nullopt;
  const auto found = std::prev(after);
  return NoteRow{.key = found->first, .value = found->second};
}

}  // namespace tally
