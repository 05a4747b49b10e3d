#include "engine/ledger/status_facts.h"

#include <charconv>
#include <optional>

#include "absl/strings/cord.h"
#include "engine/base/strings.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr char kPayload[] = "tally/facts";

// Takes a text that its length and a colon stand before; none where `rest`
// does not begin so.
std::optional<std::string> TakeText(std::string_view* rest) {
  size_t size = 0;
  const char* end = rest->data() + rest->size();
  const auto parsed = std::from_chars(rest->data(), end, size);
  if (parsed.ec != std::errc() || parsed.ptr == end || *parsed.ptr != ':') {
    return std::nullopt;
  }
  rest->remove_prefix(static_cast<size_t>(parsed.ptr - rest->data()) + 1);
  if (size > rest->size()) return std::nullopt;
  std::string text(rest->substr(0, size));
  rest->remove_prefix(size);
  return text;
}

}  // namespace

absl::Status WithFacts(absl::Status status, const Facts& facts) {
  std::string payload;
  for (const auto& [name, value] : facts) {
    payload +=
        fmt::format("{}:{}{}:{}", name.size(), name, value.size(), value);
  }
  status.SetPayload(kPayload, absl::Cord(payload));
  return status;
}

Facts FactsOf(const absl::Status& status) {
  Facts facts;
  const auto payload = status.GetPayload(kPayload);
  if (!payload.has_value()) return facts;
  const std::string text(*payload);
  std::string_view rest = text;
  while (!rest.empty()) {
    std::optional<std::string> name = TakeText(&rest);
    std::optional<std::string> value = TakeText(&rest);
    if (!name.has_value() || !value.has_value()) break;
    facts.emplace_back(*std::move(name), *std::move(value));
  }
  return facts;
}

absl::Status WrongField(std::string_view field, std::string_view value,
                        std::string_view limit) {
  const std::string message =
      value.empty()
          ? fmt::format("{}: must be {}", field, limit)
          : fmt::format("{}: got \"{}\", must be {}", field, value, limit);
  return WithFacts(absl::InvalidArgumentError(message),
                   {{"field", std::string(field)},
                    {"value", std::string(value)},
                    {"limit", std::string(limit)}});
}

absl::Status NotThere(std::string_view thing, std::string_view field,
                      std::string_view value) {
  return WithFacts(
      absl::NotFoundError(fmt::format("no {} \"{}\"", thing, value)),
      {{"field", std::string(field)}, {"value", std::string(value)}});
}

}  // namespace tally
