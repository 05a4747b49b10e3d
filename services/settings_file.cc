#include <optional>
#include <string>

#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "services/settings.h"
#include "toml++/toml.h"

namespace tally::services {
namespace {

bool IsSetting(std::string_view name) {
  for (const Setting& setting : AllSettings()) {
    if (setting.name == name) return true;
  }
  return false;
}

// As a flag would have it; none for what is no value of a setting.
std::optional<std::string> AsText(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) {
    return std::to_string(number->get());
  }
  if (const auto* toggle = node.as_boolean()) {
    return toggle->get() ? "true" : "false";
  }
  return std::nullopt;
}

std::string At(const std::string& path, const toml::source_region& source) {
  return fmt::format("{}:{}", path, source.begin.line);
}

// The packaged library tells of mistakes by exceptions; this is where they
// come in.
absl::StatusOr<toml::table> Parse(const std::string& path) {
  try {
    return toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    return absl::InvalidArgumentError(
        fmt::format("{}: {}", At(path, error.source()), error.description()));
  }
}

}  // namespace

absl::StatusOr<Given> ReadSettingsFile(const std::string& path) {
  ASSIGN_OR_RETURN(const toml::table table, Parse(path));
  Given given;
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (!IsSetting(name)) {
      return absl::InvalidArgumentError(
          fmt::format("{}: {} is not a setting; --help lists them",
                      At(path, node.source()), name));
    }
    const std::optional<std::string> text = AsText(node);
    if (!text.has_value()) {
      return absl::InvalidArgumentError(
          fmt::format("{}: {} must be a text, a whole number, true or false",
                      At(path, node.source()), name));
    }
    given[name] = *text;
  }
  return given;
}

}  // namespace tally::services
