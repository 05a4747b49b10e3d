#include "engine/ledger/log_copy.h"

#include <memory>

#include "engine/base/arena.h"
#include "engine/base/status_macros.h"
#include "engine/log/checkpoint_table.h"
#include "engine/log/group.h"
#include "engine/log/record_codec.h"
#include "engine/model/limits.h"
#include "fmt/format.h"

namespace tally {

absl::Status CopyLog(const RocksJournal& from, Position end, RocksJournal* to) {
  ASSIGN_OR_RETURN(const auto reader, from.Read(0));
  Group group;
  group.Clear(0);
  while (group.end() < end) {
    ASSIGN_OR_RETURN(const bool more, reader->Next());
    if (!more) {
      return absl::DataLossError(
          fmt::format("the log ends at position {}", group.end()));
    }
    Arena arena;
    ASSIGN_OR_RETURN(const Record record,
                     DecodeRecord(reader->record(), &arena));
    group.AddStored(record.recorded_at, reader->record());
    if (group.end() < end && group.count() < kGroupEventsMax &&
        group.bytes() < kGroupBytesMax) {
      continue;
    }
    const Position next = group.end();
    RETURN_IF_ERROR(to->Append(group));
    group.Clear(next);
  }
  const std::unique_ptr<NoteTable> old_notes = from.OpenNotes();
  const std::unique_ptr<NoteTable> new_notes = to->OpenNotes();
  return CheckpointTable(old_notes.get()).CopyTo(end, new_notes.get());
}

}  // namespace tally
