#include "tools/tally/local.h"

#include <charconv>
#include <ostream>

#include "engine/base/strings.h"
#include "fmt/format.h"

namespace tally::cli {

ExitCode FailLocally(const absl::Status& status, const Terminal& terminal) {
  terminal.err << "tally: " << MessageOf(status) << '\n';
  if (absl::IsNotFound(status)) return ExitCode::kNotFound;
  if (absl::IsPermissionDenied(status)) return ExitCode::kNotAllowed;
  if (absl::IsUnavailable(status) || absl::IsResourceExhausted(status)) {
    return ExitCode::kUnavailable;
  }
  if (absl::IsDataLoss(status)) return ExitCode::kIntegrity;
  return ExitCode::kUsage;
}

bool ReadNumber(const std::string& name, int64_t most,
                const Arguments& arguments, const Terminal& terminal,
                std::optional<int64_t>* number) {
  if (!arguments.Has(name)) return true;
  const std::string text = arguments.Get(name);
  int64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 ||
      value > most) {
    terminal.err << fmt::format("tally: --{}: got {}, must be 0 to {}\n", name,
                                text, most);
    return false;
  }
  *number = value;
  return true;
}

}  // namespace tally::cli
