#include "engine/ledger/known_journal.h"

#include <utility>

#include "engine/base/status_macros.h"

namespace tally {
namespace {

class KnownReader final : public JournalReader {
 public:
  KnownReader(std::unique_ptr<JournalReader> whole, Position from, Position end)
      : whole_(std::move(whole)), next_(from), end_(end) {}

  absl::StatusOr<bool> Next() override {
    if (next_ >= end_) return false;
    ++next_;
    return whole_->Next();
  }
  Position position() const override { return whole_->position(); }
  std::string_view record() const override { return whole_->record(); }
  const GroupHeader& group() const override { return whole_->group(); }

 private:
  const std::unique_ptr<JournalReader> whole_;
  Position next_;
  const Position end_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<JournalReader>> KnownJournal::Read(
    Position from) const {
  ASSIGN_OR_RETURN(std::unique_ptr<JournalReader> reader, whole_->Read(from));
  return std::make_unique<KnownReader>(std::move(reader), from, head_.size);
}

}  // namespace tally
