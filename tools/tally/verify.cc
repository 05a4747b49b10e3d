#include "tools/tally/verify.h"

#include <charconv>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "engine/base/strings.h"
#include "engine/ledger/verification.h"
#include "fmt/format.h"
#include "services/system_clock.h"
#include "tools/tally/command.h"
#include "tools/tally/options.h"
#include "tools/tally/progress_bar.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

std::optional<Position> PositionOf(const std::string& text) {
  Position position = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), position);
  if (error != std::errc() || end != text.data() + text.size() ||
      position < 0) {
    return std::nullopt;
  }
  return position;
}

ExitCode ExitCodeFor(const absl::Status& status) {
  if (absl::IsNotFound(status)) return ExitCode::kNotFound;
  if (absl::IsPermissionDenied(status)) return ExitCode::kNotAllowed;
  if (absl::IsDataLoss(status)) return ExitCode::kIntegrity;
  return ExitCode::kUsage;
}

std::string HexOf(const Sha256Digest& digest) {
  std::string text;
  for (const uint8_t byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

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
  if (rows.empty()) {
    terminal.err << "tally: all of it holds\n";
    return ExitCode::kDone;
  }
  terminal.err << fmt::format("tally: {} findings\n", rows.size());
  return ExitCode::kIntegrity;
}

ExitCode Verify(const Arguments& arguments, const Terminal& terminal) {
  const services::SystemClock clock;
  VerifyOptions options{.clock = &clock, .known_at = {}, .on_progress = {}};
  if (arguments.Has("as-known-at")) {
    options.known_at = PositionOf(arguments.Get("as-known-at"));
    if (!options.known_at.has_value()) {
      terminal.err << fmt::format(
          "tally: --as-known-at: got {}, must be a position\n",
          arguments.Get("as-known-at"));
      return ExitCode::kUsage;
    }
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
  const auto report =
      VerifyDirectory(arguments.Get("directory"), std::move(options));
  bar = nullptr;
  if (report.ok()) return Print(*report, arguments, terminal);
  terminal.err << "tally: " << MessageOf(report.status()) << '\n';
  return ExitCodeFor(report.status());
}

}  // namespace

Command VerifyCommand() {
  Command command;
  command.name = "verify";
  command.summary =
      "Verifies a ledger's folder: every hash, event, balance and table. It "
      "writes nothing and needs no server.";
  command.examples =
      "tally verify /var/lib/tallystick\n"
      "tally verify /var/lib/tallystick --as-known-at 4095 -o json";
  command.options = {
      IdOption("directory", "the folder that tallyd has as --data"),
      ValueOption("as-known-at", "POSITION", "leave out what came later")};
  command.run = Verify;
  return command;
}

}  // namespace tally::cli
