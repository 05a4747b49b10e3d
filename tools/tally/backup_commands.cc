// `tally backup`.

#include <ostream>
#include <random>
#include <string>
#include <utility>

#include "engine/base/hex.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/backup.h"
#include "engine/ledger/restore.h"
#include "fmt/format.h"
#include "services/system_clock.h"
#include "tools/tally/command.h"
#include "tools/tally/files.h"
#include "tools/tally/local.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"
#include "tools/tally/verify.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

std::vector<Column> BackupColumns() {
  return {{"id", {"id"}},
          {"taken", {"create_time"}},
          {"events", {"tree_size"}},
          {"bytes", {"size_bytes"}},
          {"ledger", {"ledger"}}};
}

ordered_json Describe(const Backup& backup) {
  return {{"id", backup.id},
          {"ledger", backup.ledger.ToString()},
          {"create_time", backup.taken_at.ToString()},
          {"tree_size", backup.head.size},
          {"root_hash", HexOf(backup.head.root)},
          {"checkpoint", backup.checkpoint},
          {"size_bytes", backup.bytes}};
}

Option FolderOption() {
  return IdOption("folder", "the folder of the backups");
}

Option BackupIdOption() {
  return ValueOption("id", "NUMBER", "which backup; the newest by default");
}

bool ReadBackupId(const Arguments& arguments, const Terminal& terminal,
                  uint32_t* id) {
  std::optional<int64_t> number;
  if (!ReadNumber("id", UINT32_MAX, arguments, terminal, &number)) return false;
  *id = static_cast<uint32_t>(number.value_or(0));
  return true;
}

ExitCode CreateFromFolder(const Arguments& arguments,
                          const Terminal& terminal) {
  const std::string data = arguments.Get("data");
  if (!arguments.Has("folder")) {
    terminal.err << "tally: --folder: must name where the backup goes\n";
    return ExitCode::kUsage;
  }
  const std::string key =
      arguments.Has("log-key") ? arguments.Get("log-key") : data + "/log.key";
  const services::SystemClock clock;
  const auto backup = CreateBackupOf(data, key, arguments.Get("folder"), clock);
  if (!backup.ok()) return FailLocally(backup.status(), terminal);
  const ordered_json whole = Describe(*backup);
  PrintRows(BackupColumns(), {whole}, whole, arguments, terminal);
  return ExitCode::kDone;
}

ExitCode Create(const Arguments& arguments, const Terminal& terminal) {
  if (arguments.Has("data")) return CreateFromFolder(arguments, terminal);
  if (arguments.Has("folder")) {
    terminal.err << "tally: --folder: a server puts backups where its "
                    "--backup-folder says; with --data it is yours to say\n";
    return ExitCode::kUsage;
  }
  return RunQuery({.method = "AdminService/CreateBackup",
                   .rows = "backup",
                   .columns = BackupColumns()},
                  arguments, terminal);
}

ExitCode List(const Arguments& arguments, const Terminal& terminal) {
  const auto list = ListBackups(arguments.Get("folder"));
  if (!list.ok()) return FailLocally(list.status(), terminal);
  ordered_json whole = {{"backups", ordered_json::array()},
                        {"damaged", list->damaged}};
  for (const Backup& backup : list->backups) {
    whole["backups"].push_back(Describe(backup));
  }
  const std::vector<ordered_json> rows(whole["backups"].begin(),
                                       whole["backups"].end());
  PrintRows(BackupColumns(), rows, whole, arguments, terminal);
  for (const uint32_t id : list->damaged) {
    terminal.err << fmt::format("tally: backup {} is damaged or unfinished\n",
                                id);
  }
  return list->damaged.empty() ? ExitCode::kDone : ExitCode::kIntegrity;
}

ExitCode Verify(const Arguments& arguments, const Terminal& terminal) {
  uint32_t id = 0;
  if (!ReadBackupId(arguments, terminal, &id)) return ExitCode::kUsage;
  return RunVerify(
      [&](VerifyOptions options) {
        return VerifyBackup(arguments.Get("folder"), id, std::move(options));
      },
      arguments, terminal);
}

ExitCode Purge(const Arguments& arguments, const Terminal& terminal) {
  std::optional<int64_t> keep;
  if (!ReadNumber("keep", INT32_MAX, arguments, terminal, &keep)) {
    return ExitCode::kUsage;
  }
  if (keep.value_or(0) < 1) {
    terminal.err << "tally: --keep: must say how many to keep, at least 1\n";
    return ExitCode::kUsage;
  }
  const auto purged = PurgeBackups(arguments.Get("folder"), *keep);
  if (!purged.ok()) return FailLocally(purged.status(), terminal);
  ordered_json whole = {{"removed", *purged}};
  std::vector<ordered_json> rows;
  for (const uint32_t id : *purged) rows.push_back({{"id", id}});
  PrintRows({{"removed", {"id"}}}, rows, whole, arguments, terminal);
  return ExitCode::kDone;
}

absl::StatusOr<RestoreQuestion> ReadQuestion(const Arguments& arguments,
                                             const Terminal& terminal) {
  RestoreQuestion question{.folder = arguments.Get("folder"),
                           .directory = arguments.Get("directory")};
  if (!ReadBackupId(arguments, terminal, &question.id) ||
      !ReadPosition("position", arguments, terminal, &question.known_at)) {
    return absl::InvalidArgumentError("nothing was restored");
  }
  if (arguments.Has("published")) {
    ASSIGN_OR_RETURN(question.published,
                     ReadWhole(arguments.Get("published"), terminal.in));
  }
  std::random_device random;
  question.new_ledger = UuidOfName(fmt::format(
      "{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random()));
  return question;
}

ExitCode Restore(const Arguments& arguments, const Terminal& terminal) {
  const auto question = ReadQuestion(arguments, terminal);
  if (!question.ok()) return FailLocally(question.status(), terminal);
  const auto restored = RestoreBackup(*question);
  if (!restored.ok()) return FailLocally(restored.status(), terminal);
  terminal.err << fmt::format("tally: {} events of backup {} are in {}\n",
                              restored->head.size, restored->backup.id,
                              question->directory);
  terminal.err
      << (question->published.empty()
              ? fmt::format(
                    "tally: it is a ledger of its own, {}: it never signs "
                    "under "
                    "the name of {}. To go on as the same ledger, give the "
                    "newest published checkpoint with --published\n",
                    restored->ledger.ToString(),
                    restored->backup.ledger.ToString())
              : fmt::format("tally: it goes on as ledger {}. Its signing key "
                            "is not in a backup: put it in place\n",
                            restored->ledger.ToString()));
  return RunVerify(
      [&](VerifyOptions options) {
        return VerifyDirectory(question->directory, std::move(options));
      },
      arguments, terminal);
}

Command CreateCommand() {
  Command command;
  command.name = "create";
  command.summary =
      "Adds a backup: by the server while it runs, or with --data of a folder "
      "that no server has open.";
  command.examples =
      "tally backup create --timeout 3600\n"
      "tally backup create --data /var/lib/tallystick --folder /backups";
  command.options = {
      ValueOption("data", "DIR", "a ledger's folder; no server is asked then"),
      ValueOption("folder", "DIR", "with --data: where the backup goes"),
      ValueOption("log-key", "FILE",
                  "with --data: what signs the head; log.key in the folder by "
                  "default")};
  command.run = Create;
  return command;
}

Command PurgeCommand() {
  Command command;
  command.name = "purge";
  command.summary =
      "Removes all backups but the newest, after it has verified the files of "
      "the newest. It needs no server.";
  command.examples = "tally backup purge /backups --keep 7";
  command.options = {FolderOption(),
                     ValueOption("keep", "NUMBER", "how many stay")};
  command.run = Purge;
  return command;
}

Command RestoreCommand() {
  Command command;
  command.name = "restore";
  command.summary =
      "Restores a backup into a new folder, whole or up to a position, and "
      "verifies what came of it.";
  command.examples =
      "tally backup restore /backups /var/lib/restored\n"
      "tally backup restore /backups /var/lib/restored --position 4095\n"
      "tally backup restore /backups /var/lib/tallystick --published "
      "newest.checkpoint";
  command.options = {
      FolderOption(), IdOption("directory", "where to; new or empty"),
      BackupIdOption(),
      ValueOption("position", "POSITION", "the last event to restore"),
      ValueOption("published", "FILE",
                  "the newest checkpoint that anybody has of this log: go on "
                  "as the same log")};
  command.run = Restore;
  return command;
}

}  // namespace

Command BackupCommand() {
  Command command;
  command.name = "backup";
  command.summary = "Makes, lists, verifies, restores and removes backups.";
  command.examples =
      "tally backup create\n"
      "tally backup list /backups\n"
      "tally backup verify /backups --id 3\n"
      "tally backup restore /backups /var/lib/restored\n"
      "tally backup purge /backups --keep 7";
  Command list;
  list.name = "list";
  list.summary = "Lists the backups in a folder. It needs no server.";
  list.examples = "tally backup list /backups -o json";
  list.options = {FolderOption()};
  list.run = List;
  Command verify;
  verify.name = "verify";
  verify.summary =
      "Verifies a backup: every byte, then the log as `tally verify` does.";
  verify.examples = "tally backup verify /backups --id 3";
  verify.options = {FolderOption(), BackupIdOption(), KnownAtOption()};
  verify.run = Verify;
  command.subcommands = {CreateCommand(), std::move(list), std::move(verify),
                         RestoreCommand(), PurgeCommand()};
  return command;
}

}  // namespace tally::cli
