// The records of an auditor's bundle as a journal to be replayed. They were
// checked before: what they are is known, and one group has them all.

#ifndef TALLY_ENGINE_LEDGER_AUDIT_JOURNAL_H_
#define TALLY_ENGINE_LEDGER_AUDIT_JOURNAL_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "engine/log/journal.h"

namespace tally {

class AuditJournal final : public Journal {
 public:
  // The first `head.size` records of the bundle at `path`.
  AuditJournal(std::string path, Uuid ledger, const TreeHead& head);

  absl::Status Append(const Group&) override { return failure(); }
  TreeHead head() const override { return head_; }
  absl::Status failure() const override {
    return absl::UnavailableError("a bundle takes no appends");
  }
  absl::StatusOr<std::unique_ptr<JournalReader>> Read(
      Position from) const override;
  absl::StatusOr<std::string> ReadRecord(Position position) const override;
  const TileTree& tree() const override { return tree_; }
  Uuid ledger() const override { return ledger_; }
  uint64_t writer_epoch() const override { return 0; }

 private:
  class Reader;
  class Tiles final : public TileReader {
   public:
    absl::StatusOr<std::string> ReadTile(TileId) const override {
      return absl::NotFoundError("a bundle holds no tiles");
    }
  };

  const std::string path_;
  const Uuid ledger_;
  const TreeHead head_;
  const Tiles tiles_;
  const TileTree tree_{&tiles_};
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_AUDIT_JOURNAL_H_
