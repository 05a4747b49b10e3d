// A journal in memory, for tests and for ledgers that live as long as their
// process. It keeps the contract of journal.h but the durability.

#ifndef TALLY_ENGINE_LOG_MEMORY_JOURNAL_H_
#define TALLY_ENGINE_LOG_MEMORY_JOURNAL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/log/journal.h"
#include "engine/log/tile_tree.h"

namespace tally {

class MemoryJournal final : public Journal {
 public:
  explicit MemoryJournal(Uuid ledger = UuidOfName("memory"),
                         uint32_t rules_version = 1);
  ~MemoryJournal() override;

  absl::Status Append(const Group& group) override;
  TreeHead head() const override;
  absl::Status failure() const override;
  absl::StatusOr<std::unique_ptr<JournalReader>> Read(
      Position from) const override;
  absl::StatusOr<std::string> ReadRecord(Position position) const override;
  const TileTree& tree() const override;
  Uuid ledger() const override { return ledger_; }
  uint64_t writer_epoch() const override { return 1; }

  // The next append fails as a broken disk would make it fail.
  void FailNextAppend(absl::Status error);

 private:
  class Reader;
  class Tiles;
  struct StoredGroup;

  // Of the group that holds the position, or of the end of the list.
  size_t FindGroup(Position position) const TALLY_REQUIRES(mutex_);

  const Uuid ledger_;
  const uint32_t rules_version_;
  const std::unique_ptr<Tiles> tiles_;
  const std::unique_ptr<TileTree> tree_;
  mutable Mutex mutex_;
  // Groups are never changed once appended, so readers share them.
  std::vector<std::shared_ptr<const StoredGroup>> groups_
      TALLY_GUARDED_BY(mutex_);
  absl::Status failure_ TALLY_GUARDED_BY(mutex_);
  absl::Status next_error_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_MEMORY_JOURNAL_H_
