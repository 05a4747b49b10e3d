#include "tools/tally/completion.h"

#include <CLI/CLI.hpp>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace tally::cli {
namespace {

// A command by the words that lead to it, and what may follow.
struct Level {
  std::string path;  // "lot trace"; "" for the program
  std::vector<std::string> commands;
  std::vector<std::string> options;
};

// Walks breadth first.
std::vector<Level> LevelsOf(const CLI::App& app) {
  std::vector<Level> levels;
  std::vector<std::pair<std::string, const CLI::App*>> waiting = {{"", &app}};
  for (size_t i = 0; i < waiting.size(); ++i) {
    const auto [path, at] = waiting[i];
    Level level{.path = path, .commands = {}, .options = {}};
    for (const CLI::App* below : at->get_subcommands({})) {
      level.commands.push_back(below->get_name());
      const std::string blank = path.empty() ? "" : " ";
      waiting.emplace_back(path + blank + below->get_name(), below);
    }
    for (const CLI::Option* option : at->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        level.options.push_back("--" + name);
      }
    }
    levels.push_back(std::move(level));
  }
  // Options of the program are taken everywhere.
  for (size_t i = 1; i < levels.size(); ++i) {
    for (const std::string& option : levels[0].options) {
      if (option != "--help" && option != "--version") {
        levels[i].options.push_back(option);
      }
    }
  }
  return levels;
}

// A `case` on the words before the cursor that sets `words` and `path`.
std::string Cases(const std::vector<Level>& levels) {
  std::string cases;
  for (const Level& level : levels) {
    cases += fmt::format("    \"{}\") words=\"{} {}\" ;;\n", level.path,
                         fmt::join(level.commands, " "),
                         fmt::join(level.options, " "));
  }
  return cases;
}

std::string Paths(const std::vector<Level>& levels) {
  std::string paths;
  for (const Level& level : levels) {
    if (level.path.empty()) continue;
    if (!paths.empty()) paths += "|";
    paths += fmt::format("\"{}\"", level.path);
  }
  return paths;
}

std::string Bash(const std::vector<Level>& levels) {
  return fmt::format(
      R"(# bash completion of tally: source <(tally completion bash)
_tally() {{
  local path="" word words
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "${{path:+$path }}$word" in
      {}) path="${{path:+$path }}$word" ;;
    esac
  done
  case "$path" in
{}  esac
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _tally tally
)",
      Paths(levels), Cases(levels));
}

std::string Zsh(const std::vector<Level>& levels) {
  return fmt::format(R"(#compdef tally
# zsh completion of tally: source <(tally completion zsh)
_tally() {{
  local path_="" word words_
  for word in ${{words[2,CURRENT-1]}}; do
    case "${{path_:+$path_ }}$word" in
      {}) path_="${{path_:+$path_ }}$word" ;;
    esac
  done
  local words=""
  case "$path_" in
{}  esac
  compadd -- ${{=words}}
  _files
}}
compdef _tally tally
)",
                     Paths(levels), Cases(levels));
}

// fish asks one condition a line.
std::string Fish(const std::vector<Level>& levels) {
  std::string script =
      "# fish completion of tally: tally completion fish | source\n";
  for (const Level& level : levels) {
    std::string condition = "__fish_use_subcommand";
    if (!level.path.empty()) {
      condition = fmt::format(
          "string match -q -- \"tally {}*\" (commandline -cp)", level.path);
    }
    for (const std::string& command : level.commands) {
      script +=
          fmt::format("complete -c tally -n '{}' -a {}\n", condition, command);
    }
    for (const std::string& option : level.options) {
      script += fmt::format("complete -c tally -n '{}' -l {}\n", condition,
                            option.substr(2));
    }
  }
  return script;
}

}  // namespace

std::string CompletionScript(const CLI::App& app, std::string_view shell) {
  const std::vector<Level> levels = LevelsOf(app);
  if (shell == "bash") return Bash(levels);
  if (shell == "zsh") return Zsh(levels);
  return Fish(levels);
}

}  // namespace tally::cli
