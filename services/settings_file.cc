#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"
#include "services/settings.h"
#include "services/toml_text.h"

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

absl::StatusOr<toml::table> Parse(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) {
    return absl::InvalidArgumentError(fmt::format("cannot read {}", path));
  }
  absl::StatusOr<toml::table> table = ParseToml(text);
  if (table.ok()) return table;
  return absl::InvalidArgumentError(
      fmt::format("{}: {}", path, MessageOf(table.status())));
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
