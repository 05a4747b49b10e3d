// `tally audit`.

#include <algorithm>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/hex.h"
#include "engine/ledger/audit_check.h"
#include "engine/ledger/audit_export.h"
#include "engine/ledger/audit_file.h"
#include "engine/ledger/audit_head.h"
#include "fmt/format.h"
#include "services/system_clock.h"
#include "tallystick/v1/admin_service.pb.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tools/tally/access.h"
#include "tools/tally/audit.h"
#include "tools/tally/command.h"
#include "tools/tally/local.h"
#include "tools/tally/options.h"
#include "tools/tally/progress_bar.h"
#include "tools/tally/query.h"
#include "tools/tally/verifier_key.h"

namespace tally::cli {
namespace {

namespace v1 = tallystick::v1;
using nlohmann::ordered_json;

void SayWritten(const AuditHead& head, const std::string& path,
                const Terminal& terminal) {
  terminal.err << fmt::format(
      "tally: positions {} to {} are in {}, with {} checkpoints and {} "
      "profiles from before\n",
      head.first, head.end - 1, path, head.checkpoints.size() + 1,
      head.others.size());
}

grpc::Status ProfilesBefore(const Connection& connection, Position first,
                            v1::GetAuditHeadRequest* head) {
  v1::ListEventsRequest request;
  request.add_kinds(v1::EVENT_KIND_DEFINE_SCHEME);
  request.set_to_position(first - 1);
  v1::ListEventsResponse response;
  do {
    request.set_page_token(response.next_page_token());
    response.Clear();
    const grpc::Status asked =
        connection.Call("LedgerService/ListEvents", request, &response);
    if (!asked.ok()) return asked;
    for (const v1::RecordedEvent& event : response.events()) {
      head->add_other_positions(event.position());
    }
  } while (!response.next_page_token().empty());
  return grpc::Status::OK;
}

ExitCode ExportFromServer(const AuditRange& range, const std::string& path,
                          const Arguments& arguments,
                          const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  v1::GetAuditHeadRequest request;
  request.set_first_position(range.first.value_or(0));
  if (range.last.has_value()) request.set_last_position(*range.last);
  grpc::Status asked = grpc::Status::OK;
  if (request.first_position() > 0) {
    asked = ProfilesBefore(*connection, request.first_position(), &request);
  }
  v1::GetAuditHeadResponse answer;
  if (asked.ok()) {
    asked = connection->Call("AdminService/GetAuditHead", request, &answer);
  }
  if (!asked.ok()) return Fail(asked, terminal);
  const auto head = DecodeAuditHead(answer.head());
  if (!head.ok()) return FailLocally(head.status(), terminal);
  AuditFileWriter file(path, answer.head());
  ProgressBar bar(static_cast<size_t>(head->end - head->first),
                  terminal.err_is_terminal, &terminal.err);
  for (Position at = head->first; at < head->end;) {
    v1::ListRecordsRequest page;
    page.set_first_position(at);
    page.set_last_position(head->end - 1);
    v1::ListRecordsResponse records;
    asked = connection->Call("AdminService/ListRecords", page, &records);
    if (!asked.ok()) return Fail(asked, terminal);
    if (records.records().empty()) {
      terminal.err << "tally: the server answered no records\n";
      return ExitCode::kUnavailable;
    }
    for (const std::string& record : records.records()) file.Add(record);
    at += records.records_size();
    bar.Show(static_cast<size_t>(at - head->first));
  }
  const absl::Status written = file.Finish();
  if (!written.ok()) return FailLocally(written, terminal);
  SayWritten(*head, path, terminal);
  return ExitCode::kDone;
}

ExitCode Export(const Arguments& arguments, const Terminal& terminal) {
  AuditRange range;
  if (!ReadPosition("from", arguments, terminal, &range.first) ||
      !ReadPosition("to", arguments, terminal, &range.last)) {
    return ExitCode::kUsage;
  }
  const std::string path = arguments.Get("bundle");
  if (!arguments.Has("data")) {
    return ExportFromServer(range, path, arguments, terminal);
  }
  const auto head = ExportAudit(arguments.Get("data"), range, path);
  if (!head.ok()) return FailLocally(head.status(), terminal);
  SayWritten(*head, path, terminal);
  return ExitCode::kDone;
}

ordered_json Describe(const AuditReport& report) {
  ordered_json whole = {{"ledger", report.ledger.ToString()},
                        {"first_position", report.first},
                        {"last_position", report.end - 1},
                        {"records_proven", report.records},
                        {"checkpoints_proven", report.checkpoints},
                        {"profiles_proven", report.profiles},
                        {"origin", report.tree.origin},
                        {"tree_size", report.tree.head.size},
                        {"root_hash", HexOf(report.tree.head.root)},
                        {"verifier_key", report.key}};
  if (report.replay.has_value()) {
    whole["events_decided_again"] = report.replay->replayed;
    whole["accounts"] = report.replay->accounts;
    whole["credit_blocks"] = report.replay->credit_blocks;
  }
  whole["findings"] = ordered_json::array();
  for (const VerifyFinding& finding : report.findings) {
    whole["findings"].push_back(
        {{"where", finding.where}, {"what", finding.what}});
  }
  return whole;
}

// What was checked, and what was not.
void SayChecked(const AuditReport& report, bool key_is_trusted,
                const Terminal& terminal) {
  terminal.err << fmt::format(
      "tally: records {} to {} are those of the log {}, under a checkpoint of "
      "{} events signed with\n  {}\n",
      report.first, report.end - 1, report.tree.origin, report.tree.head.size,
      report.key);
  if (!key_is_trusted) {
    terminal.err << "  The key came with the bundle: compare it with the one "
                    "that the operator publishes, or give that with --key.\n";
  }
  if (report.replay.has_value()) {
    terminal.err << fmt::format(
        "tally: {} events were decided again by the rules, and come to the "
        "same; {} accounts and {} blocks of credits hold\n",
        report.replay->replayed, report.replay->accounts,
        report.replay->credit_blocks);
    return;
  }
  terminal.err << fmt::format(
      "tally: not checked: whether the rules decide these events so, and what "
      "balances come of them. What they build on, the events before {}, is "
      "not in the bundle; of those it has {} published profiles\n",
      report.first, report.profiles);
}

ExitCode Check(const Arguments& arguments, const Terminal& terminal) {
  return CheckBundle(arguments.Get("bundle"), arguments, terminal);
}

}  // namespace

ExitCode CheckBundle(const std::string& path, const Arguments& arguments,
                     const Terminal& terminal) {
  const auto key = VerifierKeyOf(arguments, terminal);
  if (!key.has_value()) return ExitCode::kUsage;
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
  const auto report = CheckAudit(path, *key, std::move(options));
  bar = nullptr;
  if (!report.ok()) return FailLocally(report.status(), terminal);
  const ordered_json whole = Describe(*report);
  const std::vector<ordered_json> rows(whole["findings"].begin(),
                                       whole["findings"].end());
  if (!rows.empty() || arguments.Get("output") != "table") {
    PrintRows({{"where", {"where"}}, {"what", {"what"}}}, rows, whole,
              arguments, terminal);
  }
  if (!rows.empty()) {
    terminal.err << fmt::format("tally: {} findings\n", rows.size());
    return ExitCode::kIntegrity;
  }
  SayChecked(*report, !key->empty(), terminal);
  return ExitCode::kDone;
}

Command AuditCommand() {
  Command command;
  command.name = "audit";
  command.summary = "Writes and checks bundles for auditors.";
  command.examples =
      "tally audit export 2025.bundle --from 0 --to 40950\n"
      "tally audit check 2025.bundle --key published.vkey";
  Command write;
  write.name = "export";
  write.summary =
      "Writes records with all that proves them into one file: by a server, or "
      "with --data from a ledger's folder.";
  write.examples =
      "tally audit export 2025.bundle --from 0 --to 40950\n"
      "tally audit export all.bundle --data /var/lib/tallystick";
  write.options = {
      IdOption("bundle", "the file to write"),
      ValueOption("from", "POSITION", "the first event; 0 by default"),
      ValueOption("to", "POSITION", "the last event; the newest by default"),
      ValueOption("data", "DIR", "a ledger's folder; no server is asked then")};
  write.run = Export;
  Command check;
  check.name = "check";
  check.summary =
      "Checks a bundle: every record, the signed checkpoints, and from "
      "position 0 on every decision. It needs no server.";
  check.examples =
      "tally audit check 2025.bundle --key published.vkey\n"
      "tally audit check 2025.bundle --as-known-at 4095 -o json";
  check.options = {
      IdOption("bundle", "the file"), VerifierKeyOption(),
      ValueOption("as-known-at", "POSITION", "decide again only up to there")};
  check.run = Check;
  command.subcommands = {std::move(write), std::move(check)};
  return command;
}

}  // namespace tally::cli
