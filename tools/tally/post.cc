// `tally post`.

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "engine/base/strings.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "services/authoring/write.h"
#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/embedded.h"
#include "tools/tally/event_file.h"
#include "tools/tally/files.h"
#include "tools/tally/options.h"
#include "tools/tally/posting.h"
#include "tools/tally/progress_bar.h"
#include "tools/tally/query.h"
#include "tools/tally/upload.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;
namespace v1 = tallystick::v1;

std::optional<EventFile> ReadFile(const Arguments& arguments,
                                  const Terminal& terminal) {
  const std::string path = arguments.Get("file");
  const absl::StatusOr<std::string> text = ReadWhole(path, terminal.in);
  if (!text.ok()) {
    terminal.err << "tally: " << MessageOf(text.status()) << '\n';
    return std::nullopt;
  }
  if (!arguments.Has("map")) return ReadJsonEvents(*text);
  const std::string map = arguments.Get("map");
  const absl::StatusOr<std::string> toml = ReadWhole(map, terminal.in);
  if (!toml.ok()) {
    terminal.err << "tally: " << MessageOf(toml.status()) << '\n';
    return std::nullopt;
  }
  const absl::StatusOr<CsvMapping> mapping = ReadMapping(*toml);
  if (!mapping.ok()) {
    terminal.err << "tally: " << map << ": " << MessageOf(mapping.status())
                 << '\n';
    return std::nullopt;
  }
  return ReadCsvEvents(*text, *mapping);
}

std::vector<Column> Columns() {
  return {{"place", {"place"}},
          {"outcome", {"outcome"}},
          {"rule", {"refusal.rule"}},
          {"message", {"message"}},
          {"figures", {"figures"}}};
}

// "available 40 TNE, asked 41 TNE"
std::string FiguresOf(const v1::Refusal& refusal) {
  std::string text;
  for (const v1::Figure& figure : refusal.figures()) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", figure.key(), figure.value());
    if (!figure.unit().empty()) text += " " + figure.unit();
  }
  return text;
}

ordered_json RowOf(const PlacedEvent& event, const v1::Outcome& outcome) {
  ordered_json row = authoring::Write(outcome);
  row["place"] = event.place;
  if (outcome.has_refusal()) {
    row["outcome"] = row["refusal"]["code"];
    row["message"] = RefusalText(outcome.refusal());
    row["figures"] = FiguresOf(outcome.refusal());
    return row;
  }
  row["outcome"] = "ACCEPTED";
  if (row["accepted"].contains("warnings")) {
    row["message"] = CellText(row["accepted"]["warnings"]);
  }
  return row;
}

// What a table leaves out: an event that was accepted with nothing to say.
bool IsQuiet(const v1::Outcome& outcome) {
  return outcome.has_accepted() && outcome.accepted().warnings().empty();
}

struct Counts {
  size_t accepted = 0;
  size_t replayed = 0;
  size_t refused = 0;
};

Counts CountOf(const std::vector<v1::Outcome>& outcomes) {
  Counts counts;
  for (const v1::Outcome& outcome : outcomes) {
    if (outcome.has_refusal()) {
      ++counts.refused;
    } else if (outcome.replayed()) {
      ++counts.replayed;
    } else {
      ++counts.accepted;
    }
  }
  return counts;
}

void PrintOutcomes(const EventFile& file, const Upload& upload,
                   const Arguments& arguments, const Terminal& terminal) {
  const bool is_table = arguments.Get("output") == "table";
  std::vector<ordered_json> rows;
  for (size_t i = 0; i < upload.outcomes.size(); ++i) {
    if (is_table && IsQuiet(upload.outcomes[i])) continue;
    rows.push_back(RowOf(file.events[i], upload.outcomes[i]));
  }
  if (is_table && rows.empty()) return;
  PrintRows(Columns(), rows, rows, arguments, terminal);
}

void Summarize(const EventFile& file, const Upload& upload, bool is_dry_run,
               std::ostream& err) {
  const Counts counts = CountOf(upload.outcomes);
  err << fmt::format("{}{} event{}: {} accepted, {} refused",
                     is_dry_run ? "dry run of " : "", file.events.size(),
                     file.events.size() == 1 ? "" : "s", counts.accepted,
                     counts.refused);
  if (counts.replayed > 0) {
    err << fmt::format(", {} posted before", counts.replayed);
  }
  err << '\n';
}

ExitCode SendFile(const EventFile& file, const Connection& connection,
                  UploadOptions options, bool is_dry_run,
                  const Arguments& arguments, const Terminal& terminal) {
  Upload upload;
  {
    ProgressBar bar(file.events.size(), terminal.err_is_terminal,
                    &terminal.err);
    options.on_progress = [&bar](size_t done) { bar.Show(done); };
    upload = Send(connection, file.events, options);
  }
  PrintOutcomes(file, upload, arguments, terminal);
  if (!upload.status.ok()) {
    const ExitCode exit = Fail(upload.status, terminal);
    if (!is_dry_run && !upload.outcomes.empty()) {
      terminal.err << fmt::format(
          "tally: {} of {} events were answered; post the file again, none "
          "counts twice\n",
          upload.outcomes.size(), file.events.size());
    }
    return exit;
  }
  Summarize(file, upload, is_dry_run, terminal.err);
  return CountOf(upload.outcomes).refused > 0 ? ExitCode::kRefused
                                              : ExitCode::kDone;
}

// Against an empty ledger in this process: there the events can be posted, so
// that later ones see what earlier ones did.
ExitCode DryRunAlone(const EventFile& file, const UploadOptions& options,
                     const Arguments& arguments, const Terminal& terminal) {
  const auto call_options = CallOptionsOf(arguments, terminal);
  if (!call_options.has_value()) return ExitCode::kUsage;
  const auto embedded = EmbeddedLedger::Start();
  if (!embedded.ok()) {
    terminal.err << "tally: " << MessageOf(embedded.status()) << '\n';
    return ExitCode::kUnavailable;
  }
  const Connection connection((*embedded)->channel(), *call_options);
  return SendFile(file, connection, options, true, arguments, terminal);
}

ExitCode PostFile(const Arguments& arguments, const Terminal& terminal) {
  const std::optional<EventFile> file = ReadFile(arguments, terminal);
  if (!file.has_value()) return ExitCode::kUsage;
  for (const std::string& problem : file->problems) {
    terminal.err << problem << '\n';
  }
  if (!file->problems.empty()) {
    terminal.err << fmt::format("tally: {} problem{}; nothing was sent\n",
                                file->problems.size(),
                                file->problems.size() == 1 ? "" : "s");
    return ExitCode::kUsage;
  }
  UploadOptions options;
  options.is_all_or_none = arguments.Has("all-or-none");
  const bool is_dry_run = arguments.Has("dry-run");
  if (is_dry_run && !arguments.Has("server")) {
    return DryRunAlone(*file, options, arguments, terminal);
  }
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  options.is_validate_only = is_dry_run;
  return SendFile(*file, *connection, options, is_dry_run, arguments, terminal);
}

}  // namespace

Command PostCommand() {
  Command command;
  command.name = "post";
  command.summary = "Posts the events of a file.";
  command.examples =
      "tally post deliveries.json --dry-run\n"
      "tally post deliveries.csv --map map.toml --all-or-none\n"
      "generate-events | tally post -\n"
      "A table shows what was refused or needs attention. Posting a file\n"
      "again counts nothing twice. A dry run without a server is against an\n"
      "empty ledger.";
  command.options = {
      IdOption("file", "JSON, JSON lines or CSV; - reads standard input"),
      ValueOption("map", "FILE", "TOML: how CSV columns become events"),
      {.name = "dry-run", .value = "", .help = "decide, but write nothing"},
      {.name = "all-or-none",
       .value = "",
       .help = "write all events or, if one is refused, none"}};
  command.run = PostFile;
  return command;
}

}  // namespace tally::cli
