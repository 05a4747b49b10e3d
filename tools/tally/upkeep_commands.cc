// `tally reindex` and `tally details`.

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "engine/ledger/reindex.h"
#include "fmt/format.h"
#include "services/system_clock.h"
#include "tools/tally/command.h"
#include "tools/tally/files.h"
#include "tools/tally/local.h"
#include "tools/tally/options.h"
#include "tools/tally/progress_bar.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

ordered_json Describe(const ReindexReport& report) {
  ordered_json whole = {{"end", report.end}};
  if (report.old_end.has_value()) whole["old_end"] = *report.old_end;
  whole["changed"] = ordered_json::array();
  for (const VerifyFinding& finding : report.changed) {
    whole["changed"].push_back({{"what", finding.what}});
  }
  return whole;
}

ExitCode RunReindex(const Arguments& arguments, const Terminal& terminal) {
  const services::SystemClock clock;
  std::unique_ptr<ProgressBar> bar;
  const auto report =
      Reindex(arguments.Get("directory"),
              {.clock = &clock,
               .known_at = {},
               .on_progress = [&](const RecoveryProgress& progress) {
                 if (bar == nullptr) {
                   bar = std::make_unique<ProgressBar>(
                       static_cast<size_t>(progress.end),
                       terminal.err_is_terminal, &terminal.err);
                 }
                 bar->Show(static_cast<size_t>(progress.next));
               }});
  bar = nullptr;
  if (!report.ok()) return FailLocally(report.status(), terminal);
  const ordered_json whole = Describe(*report);
  const std::vector<ordered_json> rows(whole["changed"].begin(),
                                       whole["changed"].end());
  if (!rows.empty() || arguments.Get("output") != "table") {
    PrintRows({{"was different", {"what"}}}, rows, whole, arguments, terminal);
  }
  terminal.err << fmt::format(
      "tally: the derived tables are made again up to {}; {}\n", report->end,
      !report->old_end.has_value()
          ? std::string("there were none that could be read")
          : fmt::format("the old ones went to {}, and {} places in them were "
                        "different",
                        *report->old_end, rows.size()));
  return ExitCode::kDone;
}

ExitCode PutDetails(const Arguments& arguments, const Terminal& terminal) {
  const auto text = ReadWhole(arguments.Get("file"), terminal.in);
  if (!text.ok()) return FailLocally(text.status(), terminal);
  return RunQuery({.method = "AdminService/PutDetails",
                   .rows = "",
                   .columns = {{"reference", {"reference"}}},
                   .fixed = {{"text", *text}}},
                  arguments, terminal);
}

}  // namespace

Command ReindexCommand() {
  Command command;
  command.name = "reindex";
  command.summary =
      "Makes every derived table of a ledger's folder again from its log, and "
      "says what was different. No server may have it open.";
  command.examples = "tally reindex /var/lib/tallystick";
  command.options = {
      IdOption("directory", "the folder that tallyd has as --data")};
  command.run = RunReindex;
  return command;
}

Command DetailsCommand() {
  Command command;
  command.name = "details";
  command.summary =
      "Keeps texts beside the log that can be erased: names, addresses, "
      "documents.";
  command.examples =
      "tally details put contact.txt\n"
      "tally details get details:5891b5b5…\n"
      "tally details erase details:5891b5b5… --reason 'asked to, case 17'";
  Command put;
  put.name = "put";
  put.summary =
      "Keeps a text, and prints the reference to post as an event's document.";
  put.examples = "tally details put contact.txt";
  put.options = {IdOption("file", "the text; - for standard input")};
  put.run = PutDetails;
  command.subcommands = {
      std::move(put),
      QueryCommand("get", "Shows a text, or when and why it was erased.",
                   "tally details get details:5891b5b5…",
                   {IdOption("reference", "what put printed")},
                   {.method = "AdminService/GetDetails",
                    .rows = "",
                    .columns = {{"text", {"text"}},
                                {"erased", {"erase_time"}},
                                {"why", {"erase_reason"}}}}),
      QueryCommand(
          "erase", "Erases a text. Every proof of the log stays as it is.",
          "tally details erase details:5891b5b5… --reason 'asked to, case 17'",
          {IdOption("reference", "what put printed"),
           ValueOption("reason", "TEXT", "why; it is kept and shown")},
          {.method = "AdminService/EraseDetails",
           .rows = "",
           .columns = {{"erased", {"erase_time"}}}})};
  return command;
}

}  // namespace tally::cli
