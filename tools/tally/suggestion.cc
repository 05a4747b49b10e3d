#include "tools/tally/suggestion.h"

#include <algorithm>

#include "fmt/format.h"

namespace tally::cli {
namespace {

// Farther away than this it is no misspelling.
constexpr int kDistanceMax = 3;
constexpr size_t kWordMax = 64;

const Command* Find(const std::vector<Command>& commands,
                    std::string_view name) {
  for (const Command& command : commands) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

// Whether the next word is the value of this one.
bool TakesValue(const Command& program, const Command& command,
                std::string_view word) {
  if (word == "-o") return true;
  for (const Command* at : {&program, &command}) {
    for (const Option& option : at->options) {
      if (word == "--" + option.name) return !option.value.empty();
    }
  }
  return false;
}

std::string Nearest(const std::vector<Command>& commands,
                    std::string_view word) {
  std::string nearest;
  int least = kDistanceMax + 1;
  for (const Command& command : commands) {
    const int distance = Distance(command.name, word);
    if (distance < least) {
      least = distance;
      nearest = command.name;
    }
  }
  return nearest;
}

}  // namespace

int Distance(std::string_view one, std::string_view other) {
  one = one.substr(0, kWordMax);
  other = other.substr(0, kWordMax);
  std::vector<std::vector<int>> rows(one.size() + 1,
                                     std::vector<int>(other.size() + 1));
  for (size_t i = 0; i <= one.size(); ++i) {
    for (size_t j = 0; j <= other.size(); ++j) {
      if (i == 0 || j == 0) {
        rows[i][j] = static_cast<int>(i + j);
        continue;
      }
      const int change = one[i - 1] == other[j - 1] ? 0 : 1;
      rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1,
                             rows[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] &&
          one[i - 2] == other[j - 1]) {
        rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[one.size()][other.size()];
}

std::string Suggest(const Command& program,
                    const std::vector<std::string>& words) {
  const Command* at = &program;
  for (size_t i = 0; i < words.size() && !at->subcommands.empty(); ++i) {
    const std::string& word = words[i];
    if (word.starts_with('-')) {
      if (TakesValue(program, *at, word)) ++i;
      continue;
    }
    const Command* below = Find(at->subcommands, word);
    if (below != nullptr) {
      at = below;
      continue;
    }
    if (at == &program && word == "completion") return "";
    const std::string nearest = Nearest(at->subcommands, word);
    if (nearest.empty()) return fmt::format("no command `{}`", word);
    return fmt::format("no command `{}`; did you mean `{}`?", word, nearest);
  }
  return "";
}

}  // namespace tally::cli
