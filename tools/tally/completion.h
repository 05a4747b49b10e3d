// Shell scripts that complete the words of a command line.

#ifndef TALLY_TOOLS_TALLY_COMPLETION_H_
#define TALLY_TOOLS_TALLY_COMPLETION_H_

#include <string>
#include <string_view>

namespace CLI {
class App;
}  // namespace CLI

namespace tally::cli {

// For `shell`: "bash", "zsh" or "fish". Made by walking all commands of `app`,
// so it knows each of them and its options; file names complete elsewhere.
std::string CompletionScript(const CLI::App& app, std::string_view shell);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_COMPLETION_H_
