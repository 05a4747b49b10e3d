// What a command of `tally` is: its name, what it takes, and what it does.
//
// Commands are plain data, so that parsing, help, completion and suggestions
// are each written once, for all of them. Only parser.cc and completion.cc
// know the library that reads command lines.

#ifndef TALLY_TOOLS_TALLY_COMMAND_H_
#define TALLY_TOOLS_TALLY_COMMAND_H_

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/tally/exit_code.h"

namespace tally::cli {

struct Option {
  std::string name;   // "as-at" for --as-at, or of a positional: "site"
  std::string value;  // what stands in its place in help; empty: a flag
  std::string help;
  bool is_positional = false;
  bool is_required = false;
  bool is_repeated = false;
  std::vector<std::string> choices;  // none: anything
  std::string environment;           // "TALLY_SERVER", or none
  std::string fallback;              // the default, or none
};

// What was given on the command line, in the environment or by default.
class Arguments {
 public:
  void Add(const std::string& name, const std::string& value) {
    values_[name].push_back(value);
  }
  bool Has(std::string_view name) const;
  // "" where it was not given.
  std::string Get(std::string_view name) const;
  std::vector<std::string> All(std::string_view name) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// Where a command reads and writes: data to `out`, messages to `err`.
struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;  // then a progress bar may be drawn
  bool has_colour = false;       // `out` is a terminal and NO_COLOR is not set
};

struct Command {
  std::string name;
  std::string summary;
  std::string examples;  // a line each
  std::vector<Option> options;
  std::vector<Command> subcommands;
  std::function<ExitCode(const Arguments&, const Terminal&)> run;
};

// All of them, in the order in which help lists them. Each returns a group.
Command PostCommand();
Command ConformCommand();
Command BalanceCommand();
Command StatementCommand();
Command ShipmentCommand();
Command AffectedCommand();
Command LotCommand();
Command CreditsCommand();
Command RedeemCommand();
Command RedemptionCommand();
Command CertificateCommand();
Command EventCommand();
Command WatchCommand();
Command ProfileCommand();
Command ProofCommand();
Command CheckpointCommand();
Command BackupCommand();
Command AuditCommand();
Command ReindexCommand();
Command DetailsCommand();

// The program itself, with the options that every command takes.
Command Program();

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_COMMAND_H_
