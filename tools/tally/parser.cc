#include "tools/tally/parser.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <list>
#include <memory>
#include <ostream>

#include "fmt/format.h"
#include "tools/tally/completion.h"
#include "tools/tally/suggestion.h"
#include "tools/tally/version.h"

namespace tally::cli {
namespace {

// A command with what the library found for its options.
struct Parsed {
  const Command* command;
  CLI::App* app;
  std::vector<std::pair<const Option*, CLI::Option*>> options;
  const Parsed* above;
};

void AddOption(const Option& option, CLI::App* app, Parsed* parsed) {
  std::string names = option.name;
  if (!option.is_positional) names = "--" + option.name;
  if (option.name == "output") names = "-o," + names;
  CLI::Option* added = nullptr;
  if (option.value.empty()) {
    added = app->add_flag(names, option.help);
  } else {
    added = app->add_option(names)->description(option.help);
    added->type_name(option.choices.empty() ? option.value : "");
    added->expected(option.is_repeated ? -1 : 1);
    added->multi_option_policy(option.is_repeated
                                   ? CLI::MultiOptionPolicy::TakeAll
                                   : CLI::MultiOptionPolicy::TakeLast);
  }
  if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
  if (!option.environment.empty()) added->envname(option.environment);
  if (!option.fallback.empty()) added->default_str(option.fallback);
  added->required(option.is_required);
  parsed->options.emplace_back(&option, added);
}

std::string Footer(const Command& command) {
  if (command.examples.empty()) return "";
  std::string footer = "\nExamples:\n";
  size_t from = 0;
  while (from < command.examples.size()) {
    const size_t end =
        std::min(command.examples.find('\n', from), command.examples.size());
    footer += "  " + command.examples.substr(from, end - from) + "\n";
    from = end + 1;
  }
  return footer;
}

// Builds the library's tree; the depth of the recursion is that of ours.
void Build(const Command& command, CLI::App* app, const Parsed* above,
           std::list<Parsed>* all) {
  Parsed& parsed = all->emplace_back(Parsed{&command, app, {}, above});
  app->footer(Footer(command));
  app->set_help_flag("-h,--help", "print this and exit");
  app->fallthrough();
  for (const Option& option : command.options) {
    AddOption(option, app, &parsed);
  }
  for (const Command& below : command.subcommands) {
    Build(below, app->add_subcommand(below.name, below.summary), &parsed, all);
  }
  if (!command.subcommands.empty()) app->require_subcommand(1);
}

Arguments Collect(const Parsed& parsed) {
  Arguments arguments;
  for (const Parsed* at = &parsed; at != nullptr; at = at->above) {
    for (const auto& [option, found] : at->options) {
      if (found->count() > 0) {
        for (const std::string& value : found->results()) {
          arguments.Add(option->name, value);
        }
      } else if (!option->fallback.empty()) {
        arguments.Add(option->name, option->fallback);
      }
    }
  }
  return arguments;
}

// The deepest command that the words named.
const Parsed& Deepest(const std::list<Parsed>& all) {
  const Parsed* found = &all.front();
  for (const Parsed& parsed : all) {
    if (parsed.app->parsed()) found = &parsed;
  }
  return *found;
}

// Whether an option stands among the words, and does not come from the
// environment.
bool IsTyped(const Option& option, const std::vector<std::string>& words) {
  const std::string flag = "--" + option.name;
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word == flag || word.starts_with(flag + "=");
  });
}

ExitCode Complain(const Command& program, const std::vector<std::string>& words,
                  const CLI::ParseError& error, const Terminal& terminal) {
  const std::string suggestion = Suggest(program, words);
  terminal.err << "tally: " << (suggestion.empty() ? error.what() : suggestion)
               << "\nTry --help.\n";
  return ExitCode::kUsage;
}

}  // namespace

ExitCode RunWords(const Command& program, const std::vector<std::string>& words,
                  const Terminal& terminal) {
  CLI::App app(program.summary, program.name);
  std::list<Parsed> all;
  Build(program, &app, nullptr, &all);
  app.set_version_flag("--version", VersionText(), "print the version");
  std::string shell;
  CLI::App* const completion = app.add_subcommand(
      "completion", "Prints a script that completes commands in a shell.");
  completion->footer("\nExamples:\n  source <(tally completion bash)\n");
  completion->set_help_flag("-h,--help", "print this and exit");
  completion->add_option("shell", shell, "which shell")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp& asked) {
    app.exit(asked, terminal.out, terminal.err);
    return ExitCode::kDone;
  } catch (const CLI::CallForVersion& asked) {
    app.exit(asked, terminal.out, terminal.err);
    return ExitCode::kDone;
  } catch (const CLI::ParseError& error) {
    return Complain(program, words, error, terminal);
  }
  if (completion->parsed()) {
    terminal.out << CompletionScript(app, shell);
    return ExitCode::kDone;
  }
  const Parsed& parsed = Deepest(all);
  Arguments arguments = Collect(parsed);
  for (const Option& option : program.options) {
    if (IsTyped(option, words)) arguments.Add(option.name + kTyped, "");
  }
  return parsed.command->run(arguments, terminal);
}

}  // namespace tally::cli
