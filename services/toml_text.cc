#include "services/toml_text.h"

#include <utility>

#include "fmt/format.h"

namespace tally::services {

absl::StatusOr<toml::table> ParseToml(std::string_view text) {
  try {
    toml::parse_result parsed = toml::parse(text);
    if (parsed) return std::move(parsed).table();
    return absl::InvalidArgumentError(
        fmt::format("line {}: {}", parsed.error().source().begin.line,
                    parsed.error().description()));
  } catch (const std::invalid_argument& error) {
    return absl::InvalidArgumentError(error.what());
  }
}

}  // namespace tally::services
