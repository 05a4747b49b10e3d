#include "engine/ledger/restore.h"

#include <filesystem>
#include <iterator>
#include <memory>
#include <string_view>
#include <system_error>
#include <vector>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/ledger/backup.h"
#include "engine/ledger/log_copy.h"
#include "engine/log/checkpoint_table.h"
#include "engine/log/merkle_proof.h"
#include "engine/log/note.h"
#include "engine/log/rocks_journal.h"
#include "engine/log/tree_note.h"
#include "engine/rules/rules_version.h"
#include "engine/storage/backup_store.h"
#include "fmt/format.h"

namespace tally {
namespace {

absl::Status CheckEmpty(const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::exists(directory, error)) return absl::OkStatus();
  if (std::filesystem::is_empty(directory, error) && !error) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(fmt::format(
      "{} is not empty: a backup is restored into a new folder", directory));
}

// From here on the log is one of its own.
absl::Status MakeItsOwn(const RestoreQuestion& question, const Uuid& former,
                        RocksJournal* journal) {
  const std::unique_ptr<NoteTable> notes = journal->OpenNotes();
  CheckpointTable table(notes.get());
  ASSIGN_OR_RETURN(const std::vector<LogKey> keys, table.Keys());
  RETURN_IF_ERROR(table.PutFork({.size = journal->head().size,
                                 .former = former,
                                 .keys = std::ssize(keys)}));
  ASSIGN_OR_RETURN(const auto stamp, ReadStamp(*journal->database()));
  return WriteStamp({.format = stamp.has_value() ? stamp->format : kLogFormat,
                     .ledger = question.new_ledger},
                    journal->database());
}

absl::Status NotCovered(std::string_view why) {
  return absl::FailedPreconditionError(fmt::format(
      "the restored log cannot go on as the same log: {}. Restore it as a log "
      "of its own, or from a newer backup",
      why));
}

// Whoever holds a checkpoint of the log must find it in the restored one.
absl::Status CheckContinues(const RestoreQuestion& question,
                            const RocksJournal& journal) {
  const std::unique_ptr<NoteTable> notes = journal.OpenNotes();
  const CheckpointTable table(notes.get());
  ASSIGN_OR_RETURN(const Note note, ParseNote(question.published));
  ASSIGN_OR_RETURN(const TreeNote tree, ParseTreeNote(note.text));
  ASSIGN_OR_RETURN(const std::vector<LogKey> keys, table.Keys());
  const absl::Status is_signed = CheckSigned(
      {.tree = tree, .note = question.published, .cosignatures = {}}, keys);
  if (!is_signed.ok()) return NotCovered(MessageOf(is_signed));
  const TreeHead head = journal.head();
  if (tree.head.size > head.size) {
    return NotCovered(fmt::format("{} events were published, it has {}",
                                  tree.head.size, head.size));
  }
  ASSIGN_OR_RETURN(const Sha256Digest root,
                   RootAt(journal.tree(), tree.head.size));
  if (root == tree.head.root) return absl::OkStatus();
  return NotCovered("the published checkpoint is that of other events");
}

// A truncated log goes on as the same log only if nothing was signed of what
// is left out.
absl::Status CheckNothingSignedAfter(const RocksJournal& journal,
                                     Position end) {
  const std::unique_ptr<NoteTable> notes = journal.OpenNotes();
  ASSIGN_OR_RETURN(const auto newest, CheckpointTable(notes.get()).Newest());
  if (!newest.has_value() || newest->tree.head.size <= end) {
    return absl::OkStatus();
  }
  return NotCovered(fmt::format("a checkpoint of {} events was signed",
                                newest->tree.head.size));
}

absl::StatusOr<std::unique_ptr<RocksJournal>> RestoreUpTo(
    const RestoreQuestion& question, const StoredBackup& stored,
    const Uuid& ledger, const std::string& directory) {
  ASSIGN_OR_RETURN(const auto whole,
                   RocksJournal::Open(stored.path, {.mode = OpenMode::kReadOnly,
                                                    .env = stored.env.get()}));
  const Position end = *question.known_at + 1;
  if (end > whole->head().size) {
    return absl::OutOfRangeError(
        fmt::format("position {} is not in the backup, which has {} events",
                    *question.known_at, whole->head().size));
  }
  if (!question.published.empty()) {
    RETURN_IF_ERROR(CheckNothingSignedAfter(*whole, end));
  }
  ASSIGN_OR_RETURN(
      std::unique_ptr<RocksJournal> journal,
      RocksJournal::Open(directory, {.mode = OpenMode::kCreateIfMissing,
                                     .new_ledger = ledger,
                                     .rules_version = kRulesVersion}));
  RETURN_IF_ERROR(CopyLog(*whole, end, journal.get()));
  return journal;
}

absl::StatusOr<TreeHead> RestoreLog(const RestoreQuestion& question,
                                    const BackupStore& store,
                                    const StoredBackup& stored,
                                    const Backup& backup,
                                    const std::string& directory) {
  RETURN_IF_ERROR(store.Verify(stored.id));
  std::unique_ptr<RocksJournal> journal;
  if (question.known_at.has_value()) {
    ASSIGN_OR_RETURN(journal,
                     RestoreUpTo(question, stored, backup.ledger, directory));
  } else {
    RETURN_IF_ERROR(store.Restore(stored.id, directory));
    ASSIGN_OR_RETURN(journal, RocksJournal::Open(directory, {}));
  }
  if (journal->ledger() != backup.ledger) {
    return absl::DataLossError(
        fmt::format("the backup says it is of ledger {}, its log of {}",
                    backup.ledger.ToString(), journal->ledger().ToString()));
  }
  if (question.published.empty()) {
    RETURN_IF_ERROR(MakeItsOwn(question, backup.ledger, journal.get()));
  } else {
    RETURN_IF_ERROR(CheckContinues(question, *journal));
  }
  return journal->head();
}

}  // namespace

absl::StatusOr<RestoreAnswer> RestoreBackup(const RestoreQuestion& question) {
  RETURN_IF_ERROR(CheckEmpty(question.directory));
  ASSIGN_OR_RETURN(const auto store,
                   BackupStore::Open(LogBackupsOf(question.folder)));
  ASSIGN_OR_RETURN(const StoredBackup stored, store->Find(question.id));
  ASSIGN_OR_RETURN(const Backup backup, ParseBackup(stored));
  // Under another name until it is whole: what a crash leaves is no ledger.
  const std::string unfinished = question.directory + "/log.restoring";
  std::error_code error;
  std::filesystem::create_directories(unfinished, error);
  if (error) {
    return absl::ErrnoToStatus(
        error.value(),
        ToAbsl(fmt::format("cannot make {}", question.directory)));
  }
  const absl::StatusOr<TreeHead> head =
      RestoreLog(question, *store, stored, backup, unfinished);
  if (!head.ok()) {
    std::filesystem::remove_all(unfinished, error);
    return head.status();
  }
  std::filesystem::rename(unfinished, question.directory + "/log", error);
  if (error) {
    return absl::ErrnoToStatus(
        error.value(), ToAbsl(fmt::format("cannot rename {}", unfinished)));
  }
  return RestoreAnswer{.backup = backup,
                       .ledger = question.published.empty()
                                     ? question.new_ledger
                                     : backup.ledger,
                       .head = *head};
}

}  // namespace tally
