// Where a log keeps what was said of it in signed notes: an ordered table of
// few, small rows. What the rows mean is its user's business; each is durable
// once Put() returns, and none is ever taken back.
//
// Thread-safe.

#ifndef TALLY_ENGINE_LOG_NOTE_TABLE_H_
#define TALLY_ENGINE_LOG_NOTE_TABLE_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/mutex.h"

namespace tally {

struct NoteRow {
  std::string key;
  std::string value;

  friend bool operator==(const NoteRow&, const NoteRow&) = default;
};

class NoteTable {
 public:
  virtual ~NoteTable() = default;

  virtual absl::Status Put(std::string_view key, std::string_view value) = 0;
  // The first row whose key is `key` or after it.
  virtual absl::StatusOr<std::optional<NoteRow>> AtOrAfter(
      std::string_view key) const = 0;
  // The last row whose key is before `key`.
  virtual absl::StatusOr<std::optional<NoteRow>> Before(
      std::string_view key) const = 0;
};

// For ledgers that live as long as their process.
class MemoryNoteTable final : public NoteTable {
 public:
  absl::Status Put(std::string_view key, std::string_view value) override;
  absl::StatusOr<std::optional<NoteRow>> AtOrAfter(
      std::string_view key) const override;
  absl::StatusOr<std::optional<NoteRow>> Before(
      std::string_view key) const override;

 private:
  mutable Mutex mutex_;
  std::map<std::string, std::string, std::less<>> rows_
      TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_NOTE_TABLE_H_
