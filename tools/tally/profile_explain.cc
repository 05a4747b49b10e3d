#include "tools/tally/profile_explain.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/tally/options.h"
#include "tools/tally/profile_paths.h"
#include "tools/tally/profile_source.h"
#include "tools/tally/query.h"
#include "tools/tally/rule_table.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

const RuleRow* FindRule(const std::string& rule) {
  const std::vector<RuleRow>& rows = RuleRows();
  const auto found =
      std::find_if(rows.begin(), rows.end(),
                   [&](const RuleRow& row) { return row.rule == rule; });
  return found == rows.end() ? nullptr : &*found;
}

// Where a rule's parameters stand in a profile, with their values; one that
// the profile does not set has no value.
ordered_json ParametersOf(const RuleRow& rule, const ordered_json& profile) {
  ordered_json parameters = ordered_json::array();
  for (const std::string& key : rule.keys) {
    const std::vector<PathValue> values = ValuesOf(key, profile);
    if (values.empty()) parameters.push_back({{"path", key}});
    for (const auto& [path, value] : values) {
      ordered_json parameter = {{"path", path}, {"value", value}};
      const std::string source = SourceOf(path, profile);
      if (!source.empty()) parameter["source"] = source;
      parameters.push_back(std::move(parameter));
    }
  }
  return parameters;
}

ordered_json Explain(const RuleRow& rule, const ordered_json& profile) {
  ordered_json explained = {{"rule", rule.rule},
                            {"keeps", rule.keeps},
                            {"answer", rule.answer},
                            {"enforced", rule.enforced},
                            {"scheme", profile.value("scheme", "")}};
  const auto citations = profile.find("citations");
  if (citations != profile.end() && citations->contains(rule.rule)) {
    explained["citation"] = (*citations)[rule.rule];
  }
  explained["parameters"] = ParametersOf(rule, profile);
  return explained;
}

std::string InWords(const ordered_json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// One line for each thing to know.
std::vector<ordered_json> RowsOf(const ordered_json& explained) {
  std::vector<ordered_json> rows;
  for (const char* name :
       {"rule", "keeps", "answer", "enforced", "scheme", "citation"}) {
    const std::string value = explained.value(name, "");
    if (!value.empty()) rows.push_back({{"what", name}, {"value", value}});
  }
  for (const ordered_json& parameter : explained["parameters"]) {
    ordered_json row = {{"what", parameter["path"]},
                        {"value", "not set: the default"},
                        {"source", parameter.value("source", "")}};
    if (parameter.contains("value")) row["value"] = InWords(parameter["value"]);
    rows.push_back(std::move(row));
  }
  return rows;
}

ExitCode Run(const Arguments& arguments, const Terminal& terminal) {
  const RuleRow* const rule = FindRule(arguments.Get("rule"));
  if (rule == nullptr) {
    terminal.err << fmt::format("tally: no rule \"{}\"; there are {} to {}\n",
                                arguments.Get("rule"), RuleRows().front().rule,
                                RuleRows().back().rule);
    return ExitCode::kUsage;
  }
  const auto profile =
      ReadProfile(arguments.Get("profile"), arguments, terminal);
  if (const auto* exit = std::get_if<ExitCode>(&profile)) return *exit;
  const ordered_json explained =
      Explain(*rule, std::get<ordered_json>(profile));
  const std::vector<Column> columns = {
      {"what", {"what"}}, {"value", {"value"}}, {"source", {"source"}}};
  PrintRows(columns, RowsOf(explained), explained, arguments, terminal);
  return ExitCode::kDone;
}

}  // namespace

Command ProfileExplainCommand() {
  Command command;
  command.name = "explain";
  command.summary =
      "Explains a rule under a profile: what it keeps, its parameters with "
      "their sources, and the scheme's clause.";
  command.examples =
      "tally profile explain R28 rspo-2020\n"
      "tally profile explain R13 tools/profiles/iscc-eu.json";
  command.options = {IdOption("rule", "R01 to R59"),
                     IdOption("profile", kProfileSource)};
  command.run = Run;
  return command;
}

}  // namespace tally::cli
