// A journal as it was known at a position: what came after it is not there.

#ifndef TALLY_ENGINE_LEDGER_KNOWN_JOURNAL_H_
#define TALLY_ENGINE_LEDGER_KNOWN_JOURNAL_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/log/journal.h"

namespace tally {

class KnownJournal final : public Journal {
 public:
  // `whole` must outlive it, and have at least `head.size` records.
  KnownJournal(const Journal* whole, const TreeHead& head)
      : whole_(whole), head_(head) {}

  absl::Status Append(const Group&) override {
    return absl::UnavailableError("a look back takes no appends");
  }
  TreeHead head() const override { return head_; }
  absl::Status failure() const override { return absl::OkStatus(); }
  absl::StatusOr<std::unique_ptr<JournalReader>> Read(
      Position from) const override;
  absl::StatusOr<std::string> ReadRecord(Position position) const override {
    return whole_->ReadRecord(position);
  }
  const TileTree& tree() const override { return whole_->tree(); }
  Uuid ledger() const override { return whole_->ledger(); }
  uint64_t writer_epoch() const override { return whole_->writer_epoch(); }

 private:
  const Journal* const whole_;
  const TreeHead head_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_KNOWN_JOURNAL_H_
