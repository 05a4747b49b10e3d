#include "engine/ledger/audit_journal.h"

#include "engine/base/status_macros.h"
#include "engine/ledger/audit_file.h"

namespace tally {

class AuditJournal::Reader final : public JournalReader {
 public:
  Reader(AuditFileReader file, const TreeHead& head) : file_(std::move(file)) {
    group_.count = head.size;
    group_.root = head.root;
  }

  absl::StatusOr<bool> Next() override {
    if (position_ + 1 >= group_.count) return false;
    ASSIGN_OR_RETURN(record_, file_.Next());
    ++position_;
    return true;
  }
  Position position() const override { return position_; }
  std::string_view record() const override { return record_; }
  const GroupHeader& group() const override { return group_; }

 private:
  AuditFileReader file_;
  GroupHeader group_;
  Position position_ = -1;
  std::string_view record_;
};

AuditJournal::AuditJournal(std::string path, Uuid ledger, const TreeHead& head)
    : path_(std::move(path)), ledger_(ledger), head_(head) {}

absl::StatusOr<std::unique_ptr<JournalReader>> AuditJournal::Read(
    Position from) const {
  ASSIGN_OR_RETURN(AuditFileReader file, AuditFileReader::Open(path_));
  auto reader = std::make_unique<Reader>(std::move(file), head_);
  for (Position i = 0; i < from; ++i) {
    ASSIGN_OR_RETURN(const bool more, reader->Next());
    if (!more) break;
  }
  return reader;
}

absl::StatusOr<std::string> AuditJournal::ReadRecord(Position position) const {
  ASSIGN_OR_RETURN(const std::unique_ptr<JournalReader> reader, Read(position));
  ASSIGN_OR_RETURN(const bool found, reader->Next());
  if (found) return std::string(reader->record());
  return absl::OutOfRangeError("the bundle ends before that record");
}

}  // namespace tally
