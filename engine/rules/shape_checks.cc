#include "engine/rules/shape_checks.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "engine/base/check.h"
#include "engine/base/strings.h"
#include "engine/base/utf8.h"
#include "engine/model/ids.h"
#include "engine/model/limits.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr int kDecimalScaleMax = 18;

bool IsWithinYears(Date date) {
  return Date::Min() < date && date < Date::Max();
}

bool IsDecimal(const Decimal& value) {
  return value.mantissa >= 0 && value.scale >= 0 &&
         value.scale <= kDecimalScaleMax;
}

// Of a decimal that may be none.
std::string InWords(const Decimal& value) {
  if (IsDecimal(value)) return value.ToString();
  return fmt::format("{}e-{}", value.mantissa, value.scale);
}

bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

void ShapeChecks::Enter(std::string_view name, int index) {
  TALLY_CHECK(depth_ < steps_.size());
  steps_[depth_++] = {name, index};
}

std::string ShapeChecks::PathOf(std::string_view name) const {
  std::string path;
  for (size_t i = 0; i < depth_; ++i) {
    if (!path.empty()) path += '.';
    path += steps_[i].name;
    if (steps_[i].index >= 0) path += fmt::format("[{}]", steps_[i].index);
  }
  if (!path.empty() && !name.empty()) path += '.';
  path += name;
  return path;
}

void ShapeChecks::Wrong(std::string_view name, std::string_view value,
                        std::string limit, Code code) {
  Violation violation{PathOf(name), Shown(value, kShownBytesMax),
                      std::move(limit)};
  const std::string message =
      value.empty()
          ? fmt::format("{} must be {}", violation.field, violation.limit)
          : fmt::format("{}: \"{}\" is not {}", violation.field,
                        violation.value, violation.limit);
  Add(code, message, std::move(violation));
}

void ShapeChecks::Missing(std::string_view name) {
  Violation violation{PathOf(name), "", "given"};
  const std::string message = fmt::format("{} is missing", violation.field);
  Add(Code::kInvalidArgument, message, std::move(violation));
}

void ShapeChecks::Add(Code code, const std::string& message,
                      Violation violation) {
  if (refusal_ == nullptr) {
    refusal_ = std::make_unique<Refusal>(Refuse(code, message));
  }
  if (refusal_->violations.size() >= kViolationsMax) return;
  refusal_->violations.push_back(std::move(violation));
}

std::unique_ptr<Refusal> ShapeChecks::TakeRefusal() {
  return std::move(refusal_);
}

void ShapeChecks::Id(std::string_view name, std::string_view value) {
  if (value.empty()) return Missing(name);
  OptionalId(name, value);
}

void ShapeChecks::OptionalId(std::string_view name, std::string_view value) {
  if (value.empty() || IsId(value)) return;
  Wrong(name, value,
        fmt::format("1 to {} of A-Z a-z 0-9 . _ : / -", kIdBytesMax));
}

void ShapeChecks::Name(std::string_view name, std::string_view value) {
  if (value.empty()) return Missing(name);
  OptionalName(name, value);
}

void ShapeChecks::OptionalName(std::string_view name, std::string_view value) {
  Utf8(name, value, kNameBytesMax);
}

void ShapeChecks::Text(std::string_view name, std::string_view value) {
  if (value.empty()) return Missing(name);
  OptionalText(name, value);
}

void ShapeChecks::OptionalText(std::string_view name, std::string_view value) {
  Utf8(name, value, kTextBytesMax);
}

void ShapeChecks::Utf8(std::string_view name, std::string_view value,
                       size_t bytes_max) {
  if (value.size() <= bytes_max && IsUtf8(value)) return;
  Wrong(name, value, fmt::format("UTF-8 of at most {} bytes", bytes_max));
}

void ShapeChecks::Quantity(std::string_view name, const Decimal& value) {
  if (IsDecimal(value) && value.mantissa > 0) return;
  Wrong(name, InWords(value), "a decimal above zero", Code::kInvalidQuantity);
}

void ShapeChecks::OptionalQuantity(std::string_view name,
                                   const std::optional<Decimal>& value) {
  if (value) Quantity(name, *value);
}

void ShapeChecks::QuantityOrZero(std::string_view name, const Decimal& value) {
  if (IsDecimal(value)) return;
  Wrong(name, InWords(value), "a decimal of zero or above",
        Code::kInvalidQuantity);
}

void ShapeChecks::OptionalShare(std::string_view name,
                                const std::optional<Decimal>& value) {
  if (!value) return;
  if (IsDecimal(*value)) {
    const std::optional<Ratio> share = Ratio::Of(*value);
    if (share && *share > Ratio(0) && *share <= Ratio(100)) return;
  }
  Wrong(name, InWords(*value), "a percentage above 0 and at most 100");
}

void ShapeChecks::OptionalGhg(std::string_view name,
                              const std::optional<Decimal>& value) {
  if (!value || IsDecimal(*value)) return;
  Wrong(name, InWords(*value), "a decimal of zero or above");
}

void ShapeChecks::Uuid(std::string_view name, const tally::Uuid& value) {
  if (!value.IsNil()) return;
  Wrong(name, value.ToString(), "a UUID other than the nil UUID");
}

void ShapeChecks::Day(std::string_view name, Date value) {
  if (IsWithinYears(value)) return;
  Wrong(name, fmt::format("day {}", value.days()),
        "a date of the years 1900 to 2199");
}

void ShapeChecks::Days(Date from, Date to) {
  Day("from", from);
  Day("to", to);
  if (from <= to || !IsWithinYears(from) || !IsWithinYears(to)) return;
  Wrong("to", to.ToString(),
        fmt::format("on or after {}, its `from`", from.ToString()));
}

void ShapeChecks::Span(std::string_view name, std::string_view value) {
  if (value.empty()) return Missing(name);
  if (ParseDateRange(value)) return;
  Wrong(name, value, "YYYY, YYYY-MM or YYYY-MM-DD/YYYY-MM-DD");
}

void ShapeChecks::OptionalCountry(std::string_view name,
                                  std::string_view value) {
  if (value.empty()) return;
  if (value.size() == 2 && IsCapital(value[0]) && IsCapital(value[1])) return;
  Wrong(name, value, "two capital letters, an ISO 3166-1 code");
}

void ShapeChecks::CheckTerm(std::string_view name, int value, int least,
                            int most) {
  if (value == 0 && least > 0) return Missing(name);
  if (value >= least && value <= most) return;
  Wrong(name, fmt::format("{}", value), "a value that is known");
}

bool ShapeChecks::Size(std::string_view name, size_t size, int least,
                       int most) {
  if (size == 0 && least > 0) {
    Missing(name);
    return false;
  }
  if (size <= static_cast<size_t>(most)) return true;
  Wrong(name, fmt::format("{} elements", size),
        fmt::format("at most {} elements", most));
  return false;
}

void ShapeChecks::Ids(std::string_view name,
                      std::span<const std::string_view> values, int least,
                      int most) {
  if (!Size(name, values.size(), least, most)) return;
  for (size_t i = 0; i < values.size(); ++i) {
    const Part element = In(name, static_cast<int>(i));
    Id("", values[i]);
  }
  Unrepeated(name, values);
}

void ShapeChecks::Names(std::string_view name,
                        std::span<const std::string_view> values, int most) {
  if (!Size(name, values.size(), 0, most)) return;
  for (size_t i = 0; i < values.size(); ++i) {
    const Part element = In(name, static_cast<int>(i));
    Name("", values[i]);
  }
  Unrepeated(name, values);
}

void ShapeChecks::Unrepeated(std::string_view name,
                             std::span<const std::string_view> values) {
  if (values.size() < 2) return;
  absl::flat_hash_set<absl::string_view> seen;
  for (size_t i = 0; i < values.size(); ++i) {
    if (seen.insert(ToAbsl(values[i])).second) continue;
    const Part element = In(name, static_cast<int>(i));
    Wrong("", values[i], "said once");
  }
}

void ShapeChecks::OneOf(std::string_view name, bool given,
                        std::string_view other_name, bool other_given) {
  if (given != other_given) return;
  Wrong(name, given ? "both" : "",
        fmt::format("exactly one of `{}` and `{}`", name, other_name));
}

}  // namespace tally
