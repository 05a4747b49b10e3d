#include "tools/tally/verify.h"

#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include "engine/base/hex.h"
#include "engine/ledger/audit_file.h"
#include "engine/ledger/backup.h"
#include "fmt/format.h"
#include "services/system_clock.h"
#include "tools/tally/audit.h"
#include "tools/tally/command.h"
#include "tools/tally/local.h"
#include "tools/tally/options.h"
#include "tools/tally/progress_bar.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

ordered_json Describe(const VerifyReport& report) {
  ordered_json whole = {
      {"ledger", report.ledger.ToString()},   {"tree_size", report.head.size},
      {"root_hash", HexOf(report.head.root)}, {"replayed", report.replayed},
      {"checkpoints", report.checkpoints},    {"accounts", report.accounts},
      {"credit_blocks", report.credit_blocks}};
  if (report.index_end.has_value()) whole["index_end"] = *report.index_end;
  whole["findings"] = ordered_json::array();
  for (const VerifyFinding& finding : report.findings) {
    whole["findings"].push_back(
        {{"where", finding.where}, {"what", finding.what}});
  }
  return whole;
}

ExitCode Print(const VerifyReport& report, const Arguments& arguments,
               const Terminal& terminal) {
  const ordered_json whole = Describe(report);
  const std::vector<ordered_json> rows(whole["findings"].begin(),
                                       whole["findings"].end());
  if (!rows.empty() || arguments.Get("output") != "table") {
    PrintRows({{"where", {"where"}}, {"what", {"what"}}}, rows, whole,
              arguments, terminal);
  }
  terminal.err << fmt::format(
      "tally: ledger {}: {} of {} events decided again, {} accounts, {} blocks "
      "of credits, {} checkpoints, {}\n",
      report.ledger.ToString(), report.replayed, report.head.size,
      report.accounts, report.credit_blocks, report.checkpoints,
      report.index_end.has_value()
          ? fmt::format("derived tables up to {}", *report.index_end)
          : std::string("no derived tables"));
  if (report.is_in_use) {
    terminal.err << "tally: a server has it open: what it appends meanwhile is "
                    "not looked at\n";
  }
  if (rows.empty()) {
    terminal.err << "tally: all of it holds\n";
    return ExitCode::kDone;
  }
  terminal.err << fmt::format("tally: {} findings\n", rows.size());
  return ExitCode::kIntegrity;
}

ExitCode Verify(const Arguments& arguments, const Terminal& terminal) {
  const std::string place = arguments.Get("directory");
  if (IsAuditFile(place)) return CheckBundle(place, arguments, terminal);
  return RunVerify(
      [&place](VerifyOptions options) {
        return IsBackupFolder(place)
                   ? VerifyBackup(place, 0, std::move(options))
                   : VerifyDirectory(place, std::move(options));
      },
      arguments, terminal);
}

}  // namespace

ExitCode RunVerify(
    absl::FunctionRef<absl::StatusOr<VerifyReport>(VerifyOptions)> verify,
    const Arguments& arguments, const Terminal& terminal) {
  const services::SystemClock clock;
  VerifyOptions options{.clock = &clock, .known_at = {}, .on_progress = {}};
  if (!ReadPosition("as-known-at", arguments, terminal, &options.known_at)) {
    return ExitCode::kUsage;
  }
  std::unique_ptr<ProgressBar> bar;
  options.on_progress = [&](const RecoveryProgress& progress) {
    if (bar == nullptr) {
      bar = std::make_unique<ProgressBar>(static_cast<size_t>(progress.end),
                                          terminal.err_is_terminal,
                                          &terminal.err);
    }
    bar->Show(static_cast<size_t>(progress.next));
  };
  const auto report = verify(std::move(options));
  bar = nullptr;
  if (report.ok()) return Print(*report, arguments, terminal);
  return FailLocally(report.status(), terminal);
}

Option KnownAtOption() {
  return ValueOption("as-known-at", "POSITION", "leave out what came later");
}

Command VerifyCommand() {
  Command command;
  command.name = "verify";
  command.summary =
      "Verifies a ledger's folder, its newest backup or an exported bundle: "
      "every hash, event, balance and table. It writes nothing and needs no "
      "server.";
  command.examples =
      "tally verify /var/lib/tallystick\n"
      "tally verify /var/lib/tallystick --as-known-at 4095 -o json";
  command.options = {
      IdOption(
          "directory",
          "the folder that tallyd has as --data, a folder of backups, or a "
          "bundle"),
      KnownAtOption()};
  command.run = Verify;
  return command;
}

}  // namespace tally::cli
