// `tally profile`.

#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/strings.h"
#include "engine/profile/parse_profile.h"
#include "engine/profile/recognition_cycle.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/tally/command.h"
#include "tools/tally/files.h"
#include "tools/tally/options.h"
#include "tools/tally/profile_explain.h"
#include "tools/tally/profile_paths.h"
#include "tools/tally/profile_source.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

void AddWrong(const std::string& file, const std::vector<Violation>& violations,
              std::vector<ordered_json>* rows) {
  for (const Violation& violation : violations) {
    rows->push_back({{"file", file},
                     {"result", "wrong"},
                     {"path", violation.field},
                     {"value", violation.value},
                     {"limit", violation.limit}});
  }
}

struct CheckedFile {
  std::string file;
  Profile profile;
  bool good = false;
};

// A row for each thing that is wrong; what could be read is kept.
void CheckFile(const std::string& file, std::istream& in,
               std::vector<CheckedFile>* read,
               std::vector<ordered_json>* rows) {
  const absl::StatusOr<std::string> text = ReadWhole(file, in);
  if (!text.ok()) {
    rows->push_back({{"file", file},
                     {"result", "unreadable"},
                     {"limit", std::string(MessageOf(text.status()))}});
    return;
  }
  std::vector<Violation> violations;
  Profile draft;
  std::optional<Profile> profile = ParseProfile(*text, &violations, &draft);
  AddWrong(file, violations, rows);
  if (profile.has_value()) {
    read->push_back({file, *std::move(profile), true});
  } else if (!draft.scheme.empty()) {
    read->push_back({file, std::move(draft)});
  }
}

// What profiles are only together: two that recognise each other.
void CheckTogether(const std::vector<CheckedFile>& read,
                   std::vector<ordered_json>* rows) {
  std::vector<ProfileInForce> all;
  for (const CheckedFile& one : read) {
    all.push_back({&one.profile, {one.profile.effective_from, Date::Max()}});
  }
  for (size_t i = 0; i < read.size(); ++i) {
    std::vector<Violation> violations;
    CheckRecognitionCycles(all[i], all, &violations);
    AddWrong(read[i].file, violations, rows);
    if (!read[i].good || !violations.empty()) continue;
    rows->push_back({{"file", read[i].file},
                     {"result", "ok"},
                     {"scheme", read[i].profile.scheme}});
  }
}

ExitCode Check(const Arguments& arguments, const Terminal& terminal) {
  const auto files = JsonFiles(arguments.All("file"));
  if (!files.ok()) {
    terminal.err << "tally: " << MessageOf(files.status()) << '\n';
    return ExitCode::kUsage;
  }
  std::vector<ordered_json> rows;
  std::vector<CheckedFile> read;
  for (const std::string& file : *files) {
    CheckFile(file, terminal.in, &read, &rows);
  }
  CheckTogether(read, &rows);
  const std::vector<Column> columns = {
      {"file", {"file"}}, {"result", {"result"}}, {"scheme", {"scheme"}},
      {"path", {"path"}}, {"got", {"value"}},     {"must be", {"limit"}}};
  PrintRows(columns, rows, rows, arguments, terminal);
  for (const ordered_json& row : rows) {
    if (row["result"] != "ok") return ExitCode::kUsage;
  }
  return ExitCode::kDone;
}

// The profile as it was written, whatever the format: it is what
// `tally profile check` reads.
ExitCode Show(const Arguments& arguments, const Terminal& terminal) {
  const auto text = ProfileText(arguments.Get("profile"), arguments, terminal);
  if (const auto* exit = std::get_if<ExitCode>(&text)) return *exit;
  const std::string& json = std::get<std::string>(text);
  terminal.out << json;
  if (!json.ends_with('\n')) terminal.out << '\n';
  return ExitCode::kDone;
}

// A value as a person would write it: texts without quotes.
std::string InWords(const ordered_json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

ExitCode Diff(const Arguments& arguments, const Terminal& terminal) {
  ordered_json profiles = ordered_json::array();
  for (const char* name : {"one", "other"}) {
    const auto read = ReadProfile(arguments.Get(name), arguments, terminal);
    if (const auto* exit = std::get_if<ExitCode>(&read)) return *exit;
    profiles.push_back(std::get<ordered_json>(read));
  }
  std::vector<ordered_json> rows;
  for (const ProfileDifference& difference :
       Compare(profiles[0], profiles[1])) {
    ordered_json row = {{"path", difference.path}};
    if (!difference.one.is_null()) row["one"] = InWords(difference.one);
    if (!difference.other.is_null()) row["other"] = InWords(difference.other);
    rows.push_back(std::move(row));
  }
  const std::vector<Column> columns = {{"path", {"path"}},
                                       {arguments.Get("one"), {"one"}},
                                       {arguments.Get("other"), {"other"}}};
  PrintRows(columns, rows, rows, arguments, terminal);
  return ExitCode::kDone;
}

}  // namespace

Command ProfileCommand() {
  Command command;
  command.name = "profile";
  command.summary = "Checks, shows, compares and explains profiles of schemes.";
  command.examples =
      "tally profile check my-scheme.json\n"
      "tally profile show rspo-2020 > rspo-2020.json\n"
      "tally profile explain R28 rspo-2020";
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
  show.summary = "Shows a profile as it was written.";
  show.examples =
      "tally profile show rspo-2020\n"
      "tally profile show rspo-2020@2023-06-30";
  show.options = {IdOption("profile", kProfileSource)};
  show.run = Show;
  Command diff;
  diff.name = "diff";
  diff.summary = "Shows what two profiles say differently.";
  diff.examples =
      "tally profile diff rspo-2020 my-scheme.json\n"
      "tally profile diff rspo-2020@2023-06-30 rspo-2020";
  diff.options = {IdOption("one", kProfileSource),
                  IdOption("other", "the same")};
  diff.run = Diff;
  command.subcommands = {std::move(check), std::move(show), std::move(diff),
                         ProfileExplainCommand(),
                         QueryCommand("list", "Lists the schemes of a ledger.",
                                      "tally profile list", {},
                                      {.method = "RegistryService/ListSchemes",
                                       .rows = "schemes",
                                       .columns = {{"scheme", {"scheme"}}}})};
  return command;
}

}  // namespace tally::cli
