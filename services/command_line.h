// The command line of tallyd.

#ifndef TALLY_SERVICES_COMMAND_LINE_H_
#define TALLY_SERVICES_COMMAND_LINE_H_

#include <optional>
#include <string>

#include "services/settings.h"

namespace tally::services {

// Exit codes.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitUnavailable = 5;
inline constexpr int kExitDamaged = 6;

struct CommandLine {
  Given flags;
  std::string config;  // path of the settings file; empty: none
  bool print_config = false;
  // The program is to end with this, having said what there was to say.
  std::optional<int> exit_code;
};

CommandLine ReadCommandLine(int argc, char** argv);

}  // namespace tally::services

#endif  // TALLY_SERVICES_COMMAND_LINE_H_
