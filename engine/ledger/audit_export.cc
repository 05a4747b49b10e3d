#include "engine/ledger/audit_export.h"

#include <memory>
#include <variant>
#include <vector>

#include "engine/base/arena.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/audit_file.h"
#include "engine/log/checkpoint_table.h"
#include "engine/log/record_codec.h"
#include "engine/log/rocks_journal.h"

namespace tally {
namespace {

// Where profiles were published before the range.
absl::StatusOr<std::vector<Position>> ProfilesBefore(const Journal& journal,
                                                     Position first) {
  std::vector<Position> found;
  ASSIGN_OR_RETURN(const auto reader, journal.Read(0));
  while (found.size() < kAuditOthersMax) {
    ASSIGN_OR_RETURN(const bool more, reader->Next());
    if (!more || reader->position() >= first) break;
    Arena arena;
    ASSIGN_OR_RETURN(const Record record,
                     DecodeRecord(reader->record(), &arena));
    if (std::holds_alternative<const DefineScheme*>(record.event.body)) {
      found.push_back(reader->position());
    }
  }
  return found;
}

}  // namespace

absl::StatusOr<AuditHead> ExportAudit(const std::string& data,
                                      const AuditRange& range,
                                      const std::string& path) {
  ASSIGN_OR_RETURN(
      const auto journal,
      RocksJournal::Open(data + "/log", {.mode = OpenMode::kReadOnly}));
  const std::unique_ptr<NoteTable> notes = journal->OpenNotes();
  const CheckpointTable table(notes.get());
  ASSIGN_OR_RETURN(auto covering, range.last.has_value()
                                      ? table.AtOrAbove(*range.last + 1)
                                      : table.Newest());
  if (!covering.has_value()) {
    return absl::FailedPreconditionError(
        "no checkpoint in the folder covers the last position: ask the "
        "server, which signs one, or leave --to out");
  }
  const Position first = range.first.value_or(0);
  const Position end =
      range.last.has_value() ? *range.last + 1 : covering->tree.head.size;
  ASSIGN_OR_RETURN(const std::vector<Position> others,
                   ProfilesBefore(*journal, first));
  ASSIGN_OR_RETURN(AuditHead head, MakeAuditHead(*journal, table, *covering,
                                                 first, end, others));
  AuditFileWriter file(path, EncodeAuditHead(head));
  ASSIGN_OR_RETURN(const auto reader, journal->Read(first));
  for (Position at = first; at < end; ++at) {
    ASSIGN_OR_RETURN(const bool more, reader->Next());
    if (!more) return absl::DataLossError("the log ends before its tree does");
    file.Add(reader->record());
  }
  RETURN_IF_ERROR(file.Finish());
  return head;
}

}  // namespace tally
