// `tally profile`.

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "engine/base/strings.h"
#include "engine/profile/parse_profile.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/files.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

// A row for each thing that is wrong, or one without any.
void CheckFile(const std::string& file, std::istream& in,
               std::vector<ordered_json>* rows) {
  const absl::StatusOr<std::string> text = ReadWhole(file, in);
  if (!text.ok()) {
    rows->push_back({{"file", file},
                     {"result", "unreadable"},
                     {"limit", std::string(MessageOf(text.status()))}});
    return;
  }
  std::vector<Violation> violations;
  const std::optional<Profile> profile = ParseProfile(*text, &violations);
  for (const Violation& violation : violations) {
    rows->push_back({{"file", file},
                     {"result", "wrong"},
                     {"path", violation.field},
                     {"value", violation.value},
                     {"limit", violation.limit}});
  }
  if (profile.has_value()) {
    rows->push_back(
        {{"file", file}, {"result", "ok"}, {"scheme", profile->scheme}});
  }
}

ExitCode Check(const Arguments& arguments, const Terminal& terminal) {
  const auto files = JsonFiles(arguments.All("file"));
  if (!files.ok()) {
    terminal.err << "tally: " << MessageOf(files.status()) << '\n';
    return ExitCode::kUsage;
  }
  std::vector<ordered_json> rows;
  for (const std::string& file : *files) CheckFile(file, terminal.in, &rows);
  const std::vector<Column> columns = {
      {"file", {"file"}}, {"result", {"result"}}, {"scheme", {"scheme"}},
      {"path", {"path"}}, {"got", {"value"}},     {"must be", {"limit"}}};
  PrintRows(columns, rows, rows, arguments, terminal);
  for (const ordered_json& row : rows) {
    if (row["result"] != "ok") return ExitCode::kUsage;
  }
  return ExitCode::kDone;
}

// The newest version of the profile as JSON, whatever the format: it is what
// `tally profile check` reads.
ExitCode Show(const Arguments& arguments, const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  const Reply reply =
      AskQuery({.method = "RegistryService/GetScheme", .rows = "scheme"},
               arguments, *connection);
  if (const auto failed = Failed(reply, terminal)) return *failed;
  const ordered_json* versions = At(reply.whole, "scheme.versions");
  if (versions == nullptr || versions->empty()) {
    terminal.err << "tally: the server answered no version of it\n";
    return ExitCode::kIntegrity;
  }
  if (arguments.Get("output") == "json") {
    terminal.out << reply.whole.dump(2) << '\n';
    return ExitCode::kDone;
  }
  const ordered_json& profile = versions->back()["profile"];
  terminal.out << (profile.is_string() ? profile.get<std::string>()
                                       : profile.dump(2))
               << '\n';
  return ExitCode::kDone;
}

}  // namespace

Command ProfileCommand() {
  Command command;
  command.name = "profile";
  command.summary = "Checks and shows the profiles of schemes.";
  command.examples =
      "tally profile check my-scheme.json\n"
      "tally profile show rspo-2020 > rspo-2020.json";
  Command check;
  check.name = "check";
  check.summary =
      "Checks profiles, without a server, and says all that is "
      "wrong.";
  check.examples = "tally profile check tools/profiles";
  check.options = {{.name = "file",
                    .value = "FILE|DIR",
                    .help = "profiles; of a folder, all *.json below it",
                    .is_positional = true,
                    .is_required = true,
                    .is_repeated = true}};
  check.run = Check;
  Command show;
  show.name = "show";
  show.summary =
      "Shows the profile that is in force last; with -o json, all "
      "versions.";
  show.examples = "tally profile show rspo-2020";
  show.options = {IdOption("scheme", "its id")};
  show.run = Show;
  command.subcommands = {std::move(check), std::move(show),
                         QueryCommand("list", "Lists the schemes of a ledger.",
                                      "tally profile list", {},
                                      {.method = "RegistryService/ListSchemes",
                                       .rows = "schemes",
                                       .columns = {{"scheme", {"scheme"}}}})};
  return command;
}

}  // namespace tally::cli
