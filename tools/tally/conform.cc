#include <ostream>
#include <string>
#include <vector>

#include "engine/base/strings.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/embedded.h"
#include "tools/tally/files.h"
#include "tools/tally/parser.h"
#include "tools/tally/scenario.h"
#include "tools/tally/scenario_run.h"
#include "tools/tally/table.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

// What became of one file.
struct FileResult {
  std::string file;
  Scenario scenario;
  std::vector<std::string> unreadable;  // why it is no scenario
  ScenarioResult run;

  bool Passed() const {
    return unreadable.empty() && run.status.ok() && run.differences.empty();
  }
};

FileResult RunFile(const std::string& file, const Connection& connection,
                   std::istream& in) {
  FileResult result;
  result.file = file;
  const absl::StatusOr<std::string> text = ReadWhole(file, in);
  if (!text.ok()) {
    result.unreadable.emplace_back(MessageOf(text.status()));
    return result;
  }
  std::vector<authoring::Problem> problems;
  result.scenario = ReadScenario(*text, &problems);
  for (const authoring::Problem& problem : problems) {
    result.unreadable.push_back(problem.ToString());
  }
  if (problems.empty()) {
    result.run = RunScenario(result.scenario, connection);
  }
  return result;
}

void PrintLine(const FileResult& result, std::ostream& out) {
  const std::string name =
      result.scenario.name.empty() ? result.file : result.scenario.name;
  out << fmt::format("{:<4} {:<4} {}\n", result.Passed() ? "ok" : "FAIL", name,
                     Printable(result.scenario.title));
  for (const std::string& line : result.unreadable) {
    out << fmt::format("     {}: {}\n", result.file, Printable(line));
  }
  for (const Difference& difference : result.run.differences) {
    out << fmt::format("     {}: expected {}, got {}\n", difference.place,
                       Printable(difference.expected),
                       Printable(difference.actual));
  }
  if (!result.run.status.ok()) {
    out << fmt::format("     the ledger did not answer: {}\n",
                       result.run.status.error_message());
  }
}

ordered_json JsonOf(const FileResult& result) {
  ordered_json differences = ordered_json::array();
  for (const Difference& difference : result.run.differences) {
    differences.push_back({{"place", difference.place},
                           {"expected", difference.expected},
                           {"actual", difference.actual}});
  }
  ordered_json json = {{"scenario", result.scenario.name},
                       {"title", result.scenario.title},
                       {"file", result.file},
                       {"passed", result.Passed()},
                       {"differences", std::move(differences)}};
  if (!result.unreadable.empty()) json["unreadable"] = result.unreadable;
  if (!result.run.status.ok()) {
    json["error"] = result.run.status.error_message();
  }
  return json;
}

Table TableOf(const std::vector<FileResult>& results) {
  Table table{.headers = {"scenario", "passed", "place", "expected", "actual"},
              .aligns = std::vector<Align>(5, Align::kLeft),
              .rows = {}};
  for (const FileResult& result : results) {
    const std::string passed = result.Passed() ? "true" : "false";
    for (const Difference& difference : result.run.differences) {
      table.rows.push_back({result.scenario.name, passed, difference.place,
                            difference.expected, difference.actual});
    }
    if (result.run.differences.empty()) {
      table.rows.push_back({result.scenario.name, passed, "", "", ""});
    }
  }
  return table;
}

std::string Summary(const std::vector<FileResult>& results) {
  size_t passed = 0;
  for (const FileResult& result : results) passed += result.Passed() ? 1 : 0;
  std::string summary = fmt::format("{} scenario{}: {} passed", results.size(),
                                    results.size() == 1 ? "" : "s", passed);
  if (passed < results.size()) {
    summary += fmt::format(", {} failed", results.size() - passed);
  }
  return summary;
}

// Of several reasons, the one that says least about the scenarios.
ExitCode ExitOf(const std::vector<FileResult>& results) {
  ExitCode exit = ExitCode::kDone;
  for (const FileResult& result : results) {
    if (!result.unreadable.empty()) return ExitCode::kUsage;
    if (!result.run.status.ok()) {
      exit = ExitCodeOf(result.run.status.error_code());
    } else if (!result.Passed() && exit == ExitCode::kDone) {
      exit = ExitCode::kRefused;
    }
  }
  return exit;
}

ExitCode RunAll(const std::vector<std::string>& files,
                const Connection& connection, const std::string& format,
                const Terminal& terminal) {
  std::vector<FileResult> results;
  for (const std::string& file : files) {
    results.push_back(RunFile(file, connection, terminal.in));
    if (format == "table") PrintLine(results.back(), terminal.out);
  }
  if (format == "table") terminal.out << Summary(results) << '\n';
  if (format == "csv") PrintCsv(TableOf(results), terminal.out);
  if (format == "json") {
    ordered_json json = ordered_json::array();
    for (const FileResult& result : results) json.push_back(JsonOf(result));
    terminal.out << json.dump(2) << '\n';
  }
  return ExitOf(results);
}

ExitCode Conform(const Arguments& arguments, const Terminal& terminal) {
  const auto files = JsonFiles(arguments.All("file"));
  if (!files.ok()) {
    terminal.err << "tally: " << MessageOf(files.status()) << '\n';
    return ExitCode::kUsage;
  }
  const std::string format = arguments.Get("output");
  // Only a server for tests can run scenarios: the one of the environment,
  // which other commands talk to, is seldom one.
  if (arguments.Has(std::string("server") + kTyped)) {
    const auto connection = OpenServer(arguments, terminal);
    if (!connection.has_value()) return ExitCode::kUsage;
    return RunAll(*files, *connection, format, terminal);
  }
  const auto options = CallOptionsOf(arguments, terminal);
  if (!options.has_value()) return ExitCode::kUsage;
  const auto embedded = EmbeddedLedger::Start();
  if (!embedded.ok()) {
    terminal.err << "tally: " << MessageOf(embedded.status()) << '\n';
    return ExitCode::kUnavailable;
  }
  const Connection connection((*embedded)->channel(), *options);
  return RunAll(*files, connection, format, terminal);
}

}  // namespace

Command ConformCommand() {
  Command command;
  command.name = "conform";
  command.summary = "Runs scenarios and says which of their steps do not hold.";
  command.examples =
      "tally conform tests/scenarios\n"
      "tally conform my-scenario.json --server localhost:7420\n"
      "Without --server scenarios run in this process, whatever TALLY_SERVER\n"
      "says; a server must have been started with --test-mode.";
  command.options = {{.name = "file",
                      .value = "FILE|DIR",
                      .help = "scenarios; of a folder, all *.json below it",
                      .is_positional = true,
                      .is_required = true,
                      .is_repeated = true}};
  command.run = Conform;
  return command;
}

}  // namespace tally::cli
