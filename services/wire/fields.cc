#include "services/wire/fields.h"

#include <string>

#include "engine/model/ids.h"
#include "engine/model/limits.h"
#include "fmt/format.h"
#include "services/wire/text.h"

namespace tally::wire {
namespace {

constexpr std::string_view kIdLimit = "1 to 64 of A-Z a-z 0-9 . _ : / -";
constexpr std::string_view kNameLimit =
    "UTF-8 of at most 200 bytes without control characters";
constexpr std::string_view kTextLimit =
    "UTF-8 of at most 1000 bytes without control characters";
constexpr std::string_view kProfileLimit = "JSON of at most 1048576 bytes";
constexpr std::string_view kQuantityLimit =
    "a decimal above zero such as 158023.40, at most 2^63 - 1 smallest units, "
    "without sign, exponent or leading zeros";
constexpr std::string_view kCountLimit =
    "a decimal of zero or above such as 158023.40, at most 2^63 - 1 smallest "
    "units, without sign, exponent or leading zeros";
constexpr std::string_view kShareLimit =
    "a decimal above 0 and at most 100, in per cent";
constexpr std::string_view kGhgLimit = "a decimal of zero or above";
constexpr std::string_view kDayLimit =
    "a date YYYY-MM-DD of the years 1900 to 2199";
constexpr std::string_view kSpanLimit =
    "YYYY, YYYY-MM or YYYY-MM-DD/YYYY-MM-DD of the years 1900 to 2199";

static_assert(kIdBytesMax == 64);
static_assert(kNameBytesMax == 200);
static_assert(kTextBytesMax == 1'000);
static_assert(kProfileBytesMax == 1'048'576);

// Whether a decimal is at most 100.
bool IsAtMostHundred(const Decimal& decimal) {
  int64_t hundred = 100;
  for (int i = 0; i < decimal.scale; ++i) {
    if (__builtin_mul_overflow(hundred, 10, &hundred)) return true;
  }
  return decimal.mantissa <= hundred;
}

}  // namespace

std::string_view Fields::Id(std::string_view name,
                            std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  return OptionalId(name, value);
}

std::string_view Fields::OptionalId(std::string_view name,
                                    std::string_view value) const {
  if (value.empty()) return {};
  if (!IsId(value)) {
    Argument(name, value, kIdLimit);
    return {};
  }
  return value;
}

std::string_view Fields::Name(std::string_view name,
                              std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  return OptionalName(name, value);
}

std::string_view Fields::OptionalName(std::string_view name,
                                      std::string_view value) const {
  if (value.size() > kNameBytesMax || !IsText(value, /*lines=*/false)) {
    Argument(name, value, kNameLimit);
    return {};
  }
  return value;
}

std::string_view Fields::Text(std::string_view name,
                              std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  return OptionalText(name, value);
}

std::string_view Fields::OptionalText(std::string_view name,
                                      std::string_view value) const {
  if (value.size() > kTextBytesMax || !IsText(value, /*lines=*/true)) {
    Argument(name, value, kTextLimit);
    return {};
  }
  return value;
}

std::string_view Fields::Profile(std::string_view name,
                                 std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  if (value.size() > kProfileBytesMax || !IsUtf8(value)) {
    Argument(name, value, kProfileLimit);
    return {};
  }
  return value;
}

std::optional<Decimal> Fields::Parse(Code code, std::string_view name,
                                     std::string_view value,
                                     std::string_view limit) const {
  const std::optional<Decimal> decimal = ParseDecimal(value);
  if (!decimal.has_value()) Note(code, name, value, limit);
  return decimal;
}

Decimal Fields::Quantity(std::string_view name, std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  return OptionalQuantity(name, value).value_or(Decimal{});
}

std::optional<Decimal> Fields::OptionalQuantity(std::string_view name,
                                                std::string_view value) const {
  if (value.empty()) return std::nullopt;
  const std::optional<Decimal> decimal =
      Parse(Code::kInvalidQuantity, name, value, kQuantityLimit);
  if (decimal.has_value() && decimal->mantissa == 0) {
    Note(Code::kInvalidQuantity, name, value, kQuantityLimit);
  }
  return decimal;
}

Decimal Fields::Count(std::string_view name, std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  return Parse(Code::kInvalidQuantity, name, value, kCountLimit)
      .value_or(Decimal{});
}

std::optional<Decimal> Fields::OptionalShare(std::string_view name,
                                             std::string_view value) const {
  if (value.empty()) return std::nullopt;
  const std::optional<Decimal> share =
      Parse(Code::kInvalidArgument, name, value, kShareLimit);
  if (share.has_value() && (share->mantissa == 0 || !IsAtMostHundred(*share))) {
    Argument(name, value, kShareLimit);
  }
  return share;
}

std::optional<Decimal> Fields::OptionalGhg(std::string_view name,
                                           std::string_view value) const {
  if (value.empty()) return std::nullopt;
  return Parse(Code::kInvalidArgument, name, value, kGhgLimit);
}

Uuid Fields::EventId(std::string_view name, std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  const std::optional<Uuid> id = ParseUuid(value);
  if (!id.has_value()) {
    Argument(name, value, "a UUID of 36 characters, not the nil UUID");
  }
  return id.value_or(Uuid{});
}

Date Fields::Day(std::string_view name, std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  return OptionalDay(name, value).value_or(Date{});
}

std::optional<Date> Fields::OptionalDay(std::string_view name,
                                        std::string_view value) const {
  if (value.empty()) return std::nullopt;
  const std::optional<Date> date = ParseDate(value);
  if (!date.has_value()) Argument(name, value, kDayLimit);
  return date;
}

void Fields::NotBefore(std::string_view name, Date from, Date to) const {
  if (to < from) Argument(name, to.ToString(), "at or after `from`");
}

std::string_view Fields::Span(std::string_view name,
                              std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  if (!ParseDateRange(value).has_value()) {
    Argument(name, value, kSpanLimit);
    return {};
  }
  return value;
}

std::string_view Fields::OptionalCountry(std::string_view name,
                                         std::string_view value) const {
  if (value.empty()) return {};
  if (!IsCountryCode(value)) {
    Argument(name, value, "two of A-Z: ISO 3166-1 alpha-2");
    return {};
  }
  return value;
}

std::string_view Fields::Unit(std::string_view name,
                              std::string_view value) const {
  if (value.empty()) {
    Missing(name);
    return {};
  }
  if (!IsUnitCode(value)) {
    Argument(name, value, "two or three of A-Z 0-9: UN/ECE Rec 20");
    return {};
  }
  return value;
}

std::string_view Fields::OptionalLei(std::string_view name,
                                     std::string_view value) const {
  if (value.empty()) return {};
  if (!IsLei(value)) {
    Argument(name, value, "20 of A-Z 0-9 with ISO 7064 check digits");
    return {};
  }
  return value;
}

std::string_view Fields::OptionalGln(std::string_view name,
                                     std::string_view value) const {
  if (value.empty()) return {};
  if (!IsGln(value)) {
    Argument(name, value, "13 digits with a GS1 check digit");
    return {};
  }
  return value;
}

std::span<const std::string_view> Fields::Ids(std::string_view name,
                                              ViewList<std::string_view> values,
                                              int most) const {
  if (!SizeIsIn(name, values.size(), 0, most)) return {};
  const auto ids = arena().NewArray<std::string_view>(values.size());
  for (int i = 0; i < values.size(); ++i) {
    if (!IsId(values[i])) At(name, i).Argument("", values[i], kIdLimit);
    ids[i] = values[i];
  }
  return ids;
}

std::span<const std::string_view> Fields::Names(
    std::string_view name, ViewList<std::string_view> values, int most) const {
  if (!SizeIsIn(name, values.size(), 0, most)) return {};
  const auto names = arena().NewArray<std::string_view>(values.size());
  for (int i = 0; i < values.size(); ++i) {
    names[i] = At(name, i).Name("", values[i]);
  }
  return names;
}

bool Fields::SizeIsIn(std::string_view name, int size, int least,
                      int most) const {
  if (size == 0 && least > 0) {
    Missing(name);
    return false;
  }
  if (size <= most) return true;
  Argument(name, fmt::format("{} elements", size),
           arena().Copy(fmt::format("at most {} elements", most)));
  return false;
}

bool Fields::OneOf(std::string_view name, bool given,
                   std::string_view other_name, bool other_given) const {
  if (given != other_given) return true;
  Argument(name, given ? "both" : "",
           arena().Copy(
               fmt::format("exactly one of `{}` and `{}`", name, other_name)));
  return false;
}

void Fields::Missing(std::string_view name) const {
  Argument(name, "", "given");
}

void Fields::Note(Code code, std::string_view name, std::string_view value,
                  std::string_view limit) const {
  if (notes_->found.size() >= kNotesMax) return;
  notes_->found.push_back({.code = code,
                           .field = arena().Copy(Path(name)),
                           .value = arena().Copy(Quoted(value, kValueBytesMax)),
                           .limit = limit});
}

std::string Fields::Path(std::string_view name) const {
  std::string path =
      parent_ != nullptr ? parent_->Path(name_) : std::string(name_);
  if (index_ >= 0) path += fmt::format("[{}]", index_);
  if (!path.empty() && !name.empty()) path += ".";
  path += name;
  return path;
}

}  // namespace tally::wire
