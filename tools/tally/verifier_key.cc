#include "tools/tally/verifier_key.h"

#include <ostream>

#include "engine/base/strings.h"
#include "tools/tally/files.h"
#include "tools/tally/options.h"

namespace tally::cli {

Option VerifierKeyOption() {
  return ValueOption("key", "KEY",
                     "the log's verifier key, or a file that holds it");
}

std::optional<std::string> VerifierKeyOf(const Arguments& arguments,
                                         const Terminal& terminal) {
  if (!arguments.Has("key")) return "";
  std::string key = arguments.Get("key");
  // No file has a name like a key: NAME+ID+BASE64.
  if (key.find('+') == std::string::npos) {
    const absl::StatusOr<std::string> text = ReadWhole(key, terminal.in);
    if (!text.ok()) {
      terminal.err << "tally: --key: " << MessageOf(text.status()) << '\n';
      return std::nullopt;
    }
    key = text->substr(0, text->find('\n'));
  }
  if (!key.empty()) return key;
  terminal.err << "tally: --key: there is no key\n";
  return std::nullopt;
}

}  // namespace tally::cli
