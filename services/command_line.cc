#include "services/command_line.h"

#include <cstdlib>
#include <map>
#include <memory>

#include "CLI/CLI.hpp"
#include "fmt/format.h"

namespace tally::services {
namespace {

constexpr char kDescription[] =
    "A ledger of chain-of-custody events that enforces its rules.\n"
    "\n"
    "Examples:\n"
    "  tallyd --data ledger --listen 127.0.0.1:50051\n"
    "  TALLY_DATA=ledger tallyd --config tallyd.toml --print-config\n"
    "  tallyd --test-mode --listen 127.0.0.1:0";

constexpr char kFooter[] =
    "Every setting is a flag, a TALLY_ variable or a key of the TOML file "
    "that\n"
    "--config names; the first of these that gives it counts.";

// Bound to the options while they are parsed.
struct Values {
  std::map<std::string, std::string> texts;
  std::map<std::string, bool> toggles;
};

void AddSetting(const Setting& setting, CLI::App* app, Values* values) {
  const std::string flag = "--" + setting.name;
  std::string help = fmt::format("{} [{}]", setting.help, setting.variable());
  if (setting.toggle != nullptr) {
    app->add_flag(flag, values->toggles[setting.name], help);
    return;
  }
  if (setting.number != nullptr) {
    help = fmt::format("{}, {} to {}, default {} [{}]", setting.help,
                       setting.least, setting.most, Settings().*setting.number,
                       setting.variable());
  }
  app->add_option(flag, values->texts[setting.name], help);
}

Given FlagsOf(const CLI::App& app, const Values& values) {
  Given flags;
  for (const Setting& setting : AllSettings()) {
    if (app.count("--" + setting.name) == 0) continue;
    if (setting.toggle != nullptr) {
      flags[setting.name] = values.toggles.at(setting.name) ? "true" : "false";
    } else {
      flags[setting.name] = values.texts.at(setting.name);
    }
  }
  return flags;
}

}  // namespace

CommandLine ReadCommandLine(int argc, char** argv) {
  CommandLine line;
  Values values;
  CLI::App app(kDescription, "tallyd");
  app.footer(kFooter);
  app.set_version_flag("--version", "tallyd " TALLY_VERSION);
  app.add_option("--config", line.config,
                 "a TOML file with settings [TALLY_CONFIG]");
  app.add_flag("--print-config", line.print_config,
               "print the settings and where each comes from, and end");
  for (const Setting& setting : AllSettings()) {
    AddSetting(setting, &app, &values);
  }
  // The one place where a library's exceptions come in.
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    line.exit_code = app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  line.flags = FlagsOf(app, values);
  if (line.config.empty()) {
    const char* config = std::getenv("TALLY_CONFIG");
    if (config != nullptr) line.config = config;
  }
  return line;
}

}  // namespace tally::services
