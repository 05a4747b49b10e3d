// Hands a journal of the test's to a ledger that owns its own.

#ifndef TALLY_TESTS_ENGINE_LEDGER_BORROWED_JOURNAL_H_
#define TALLY_TESTS_ENGINE_LEDGER_BORROWED_JOURNAL_H_

#include <memory>
#include <string>

#include "engine/log/journal.h"

namespace tally {

class BorrowedJournal final : public Journal {
 public:
  explicit BorrowedJournal(Journal* journal) : journal_(journal) {}

  absl::Status Append(const Group& group) override {
    return journal_->Append(group);
  }
  TreeHead head() const override { return journal_->head(); }
  absl::Status failure() const override { return journal_->failure(); }
  absl::StatusOr<std::unique_ptr<JournalReader>> Read(
      Position from) const override {
    return journal_->Read(from);
  }
  absl::StatusOr<std::string> ReadRecord(Position position) const override {
    return journal_->ReadRecord(position);
  }
  const TileTree& tree() const override { return journal_->tree(); }
  Uuid ledger() const override { return journal_->ledger(); }
  uint64_t writer_epoch() const override { return journal_->writer_epoch(); }

 private:
  Journal* const journal_;
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_LEDGER_BORROWED_JOURNAL_H_
