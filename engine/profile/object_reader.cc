#include "engine/profile/object_reader.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/model/ids.h"
#include "engine/model/limits.h"
#include "fmt/format.h"

namespace tally {
namespace {

using nlohmann::json;

// What a value that is no object, or no list, reads as.
const json& EmptyObject() {
  static const json* const empty = new json(json::object());
  return *empty;
}

const std::string* AsString(const json& value) {
  return value.get_ptr<const std::string*>();
}

bool IsControl(char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }

bool IsText(const std::string& text, int bytes_max) {
  return !text.empty() && text.size() <= static_cast<size_t>(bytes_max) &&
         std::ranges::none_of(text, IsControl);
}

bool IsElement(const std::string& text, ListOf what) {
  switch (what) {
    case ListOf::kIds:
      return IsId(text);
    case ListOf::kTexts:
      return IsText(text, kTextBytesMax);
  }
  TALLY_CHECK(false);
}

std::string IdLimit() {
  return fmt::format("an id: 1 to {} of A-Z a-z 0-9 . _ : / -", kIdBytesMax);
}

std::string TextLimit(int bytes_max) {
  return fmt::format("a text of 1 to {} bytes, without control characters",
                     bytes_max);
}

}  // namespace

ObjectReader::ObjectReader(const json& value, std::string path,
                           ViolationList* violations)
    : object_(&value), path_(std::move(path)), violations_(violations) {
  if (value.is_object()) return;
  violations_->Add(path_, value, "an object");
  object_ = &EmptyObject();
}

void ObjectReader::Require(std::string_view key) {
  // What is no object was reported as that.
  if (object_ == &EmptyObject()) return;
  if (!Has(key)) violations_->Add(PathOf(key), "a value; the key is required");
}

const json* ObjectReader::Child(std::string_view key) {
  known_.push_back(key);
  const auto found = object_->find(key);
  return found == object_->end() ? nullptr : &*found;
}

const json* ObjectReader::ChildUnlessNull(std::string_view key) {
  const json* child = Child(key);
  return child == nullptr || child->is_null() ? nullptr : child;
}

void ObjectReader::Refuse(std::string_view key, std::string limit) {
  const auto found = object_->find(key);
  if (found == object_->end()) {
    violations_->Add(PathOf(key), std::move(limit));
    return;
  }
  violations_->Add(PathOf(key), *found, std::move(limit));
}

void ObjectReader::CheckKeyIsId(std::string_view key) {
  if (!IsId(key)) violations_->Add(PathOf(key), "as a key, " + IdLimit());
}

void ObjectReader::Finish() {
  std::string known;
  for (const auto& [key, value] : object_->items()) {
    if (std::ranges::find(known_, key) != known_.end()) continue;
    if (known.empty()) known = fmt::format("{}", fmt::join(known_, ", "));
    violations_->Add(PathOf(key), value, "unknown key; known are: " + known);
  }
}

void ObjectReader::ReadId(std::string_view key, std::string* id) {
  const json* child = Child(key);
  if (child == nullptr) return;
  const std::string* text = AsString(*child);
  if (text == nullptr || !IsId(*text)) return Refuse(key, IdLimit());
  *id = *text;
}

void ObjectReader::ReadText(std::string_view key, int bytes_max,
                            std::string* text) {
  const json* child = Child(key);
  if (child == nullptr) return;
  const std::string* found = AsString(*child);
  if (found == nullptr || !IsText(*found, bytes_max)) {
    return Refuse(key, TextLimit(bytes_max));
  }
  *text = *found;
}

void ObjectReader::ReadFlag(std::string_view key, bool* flag) {
  const json* child = Child(key);
  if (child == nullptr) return;
  if (!child->is_boolean()) return Refuse(key, "true or false");
  *flag = child->get<bool>();
}

void ObjectReader::ReadWhole(std::string_view key, WholeRange range,
                             int* number) {
  const json* child = Child(key);
  if (child == nullptr) return;
  const auto* value = child->get_ptr<const json::number_integer_t*>();
  // A number above 2^63 - 1 shows as negative here, so it is out of range.
  if (value == nullptr || *value < range.min || *value > range.max) {
    return Refuse(
        key, fmt::format("a whole number from {} to {}", range.min, range.max));
  }
  *number = static_cast<int>(*value);
}

void ObjectReader::ReadWhole(std::string_view key, WholeRange range,
                             std::optional<int>* number) {
  if (ChildUnlessNull(key) == nullptr) return;
  int value = range.min;
  ReadWhole(key, range, &value);
  *number = value;
}

void ObjectReader::ReadDate(std::string_view key, Date* date) {
  const json* child = Child(key);
  if (child == nullptr) return;
  const std::string* text = AsString(*child);
  const std::optional<Date> parsed =
      text == nullptr ? std::nullopt : ParseDate(*text);
  if (!parsed) {
    return Refuse(key,
                  "a date that exists, \"YYYY-MM-DD\", of the years 1900 "
                  "to 2199");
  }
  *date = *parsed;
}

void ObjectReader::ReadDates(DateRange* dates) {
  if (ChildUnlessNull("from") != nullptr) ReadDate("from", &dates->first);
  if (ChildUnlessNull("to") != nullptr) ReadDate("to", &dates->last);
  if (dates->last < dates->first) {
    Refuse("to", "a date that is not before \"from\"");
  }
}

void ObjectReader::ReadRatio(std::string_view key, const RatioLimits& limits,
                             Ratio* ratio) {
  const json* child = Child(key);
  if (child == nullptr) return;
  const std::string* text = AsString(*child);
  const std::optional<Decimal> decimal =
      text == nullptr ? std::nullopt : ParseDecimal(*text);
  const std::optional<Ratio> parsed =
      decimal && decimal->scale <= kFactorDecimalsMax ? Ratio::Of(*decimal)
                                                      : std::nullopt;
  if (!parsed || *parsed > limits.max ||
      (parsed->IsZero() && !limits.zero_allowed)) {
    return Refuse(key, fmt::format("a decimal in quotes, {}, with at most {} "
                                   "decimals",
                                   limits.text, kFactorDecimalsMax));
  }
  *ratio = *parsed;
}

void ObjectReader::ReadPercent(std::string_view key, Ratio* percent) {
  ReadRatio(key,
            {.max = Ratio(100),
             .zero_allowed = true,
             .text = "a percentage from 0 to 100"},
            percent);
}

void ObjectReader::ReadPercent(std::string_view key,
                               std::optional<Ratio>* percent) {
  if (ChildUnlessNull(key) == nullptr) return;
  Ratio value;
  ReadPercent(key, &value);
  *percent = value;
}

void ObjectReader::ReadFactor(std::string_view key, Ratio* factor) {
  const std::string text = fmt::format("above 0 and at most {}", kFactorMax);
  ReadRatio(key,
            {.max = Ratio(kFactorMax), .zero_allowed = false, .text = text},
            factor);
}

void ObjectReader::ReadFactor(std::string_view key,
                              std::optional<Ratio>* factor) {
  if (ChildUnlessNull(key) == nullptr) return;
  Ratio value;
  ReadFactor(key, &value);
  *factor = value;
}

void ObjectReader::ReadQuantity(std::string_view key, Decimal* quantity) {
  const json* child = Child(key);
  if (child == nullptr) return;
  const std::string* text = AsString(*child);
  const std::optional<Decimal> parsed =
      text == nullptr ? std::nullopt : ParseDecimal(*text);
  if (!parsed || parsed->mantissa == 0 || parsed->scale > kDecimalsMax) {
    return Refuse(key, fmt::format("a quantity in quotes, above 0, with at "
                                   "most {} decimals",
                                   kDecimalsMax));
  }
  *quantity = *parsed;
}

std::span<const json> ObjectReader::Elements(std::string_view key) {
  const json* child = Child(key);
  if (child == nullptr) return {};
  const auto* elements = child->get_ptr<const json::array_t*>();
  if (elements == nullptr) {
    Refuse(key, "a list");
    return {};
  }
  if (elements->size() > kProfileListMax) {
    Refuse(key, fmt::format("at most {} elements, not {}", kProfileListMax,
                            elements->size()));
    return {};
  }
  return *elements;
}

bool ObjectReader::IsEmptyList(std::string_view key) const {
  const auto found = object_->find(key);
  return found != object_->end() && found->is_array() && found->empty();
}

void ObjectReader::ReadList(std::string_view key, ListOf what,
                            std::vector<std::string>* list) {
  const std::span<const json> elements = Elements(key);
  for (size_t i = 0; i < elements.size(); ++i) {
    const std::string* text = AsString(elements[i]);
    const std::string path = IndexPath(PathOf(key), i);
    if (text == nullptr || !IsElement(*text, what)) {
      violations_->Add(
          path, elements[i],
          what == ListOf::kIds ? IdLimit() : TextLimit(kTextBytesMax));
      continue;
    }
    if (std::ranges::find(*list, *text) != list->end()) {
      violations_->Add(path, elements[i],
                       "an element that the list does not have twice");
      continue;
    }
    list->push_back(*text);
  }
}

}  // namespace tally
