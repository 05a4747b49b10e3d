// Reads one JSON object key by key: each reader names the key's type and
// range, leaves the default where the key is left out, and reports what is
// wrong under the key's path. Finish() reports the keys that nobody read.
//
//   ObjectReader reader(json, "group", &violations);
//   reader.ReadPercent("min_compliant_pct", &group.min_compliant_pct);
//   reader.Finish();
//
// A target that is std::optional also takes null, which means none.

#ifndef TALLY_ENGINE_PROFILE_OBJECT_READER_H_
#define TALLY_ENGINE_PROFILE_OBJECT_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/profile/violation_list.h"
#include "nlohmann/json.hpp"

namespace tally {

// An enumeration's value and its name in a profile.
template <typename Enum>
struct NamedValue {
  std::string_view name;
  Enum value;
};

// The whole numbers that a key takes, both ends included.
struct WholeRange {
  int min = 0;
  int max = 0;
};

// Whether a list is one of ids or of free text.
enum class ListOf : uint8_t { kIds = 1, kTexts = 2 };

class ObjectReader {
 public:
  // `value` and `violations` must outlive this. A value that is no object is
  // reported, and then reads as an empty one.
  ObjectReader(const nlohmann::json& value, std::string path,
               ViolationList* violations);

  // Reports `key` if it is not there.
  void Require(std::string_view key);

  void ReadId(std::string_view key, std::string* id);
  void ReadText(std::string_view key, int bytes_max, std::string* text);
  void ReadFlag(std::string_view key, bool* flag);
  void ReadWhole(std::string_view key, WholeRange range, int* number);
  void ReadWhole(std::string_view key, WholeRange range,
                 std::optional<int>* number);
  void ReadDate(std::string_view key, Date* date);
  void ReadDate(std::string_view key, std::optional<Date>* date);
  // `from` and `to` of this object; left out or null, that end is open.
  void ReadDates(DateRange* dates);
  // From 0 to 100.
  void ReadPercent(std::string_view key, Ratio* percent);
  void ReadPercent(std::string_view key, std::optional<Ratio>* percent);
  // Above 0, at most kFactorMax.
  void ReadFactor(std::string_view key, Ratio* factor);
  void ReadFactor(std::string_view key, std::optional<Ratio>* factor);
  // A quantity above 0.
  void ReadQuantity(std::string_view key, Decimal* quantity);
  // A list without repetition, bounded; an empty one is as none.
  void ReadList(std::string_view key, ListOf what,
                std::vector<std::string>* list);

  template <typename Enum, size_t count>
  void ReadEnum(std::string_view key, const NamedValue<Enum> (&names)[count],
                Enum* value);

  // The value of a key that the caller reads itself; nullptr if left out.
  const nlohmann::json* Child(std::string_view key);
  // The same, and nullptr for null too.
  const nlohmann::json* ChildUnlessNull(std::string_view key);
  // The elements of a list, of a bounded number; reported if it is none.
  std::span<const nlohmann::json> Elements(std::string_view key);

  bool Has(std::string_view key) const { return object_->contains(key); }
  bool IsEmptyList(std::string_view key) const;
  std::string PathOf(std::string_view key) const {
    return JoinPath(path_, key);
  }
  const std::string& path() const { return path_; }
  const nlohmann::json& value() const { return *object_; }
  ViolationList* violations() const { return violations_; }

  // Reports `key` with its value.
  void Refuse(std::string_view key, std::string limit);
  // Reports `key`, of an object whose keys are ids of the profile's own.
  void CheckKeyIsId(std::string_view key);
  // Reports unknown keys. Call it once, when every key has been read.
  void Finish();

 private:
  // What a decimal may be, and how that is said.
  struct RatioLimits {
    Ratio max;
    bool zero_allowed = false;
    std::string_view text;
  };
  void ReadRatio(std::string_view key, const RatioLimits& limits, Ratio* ratio);

  const nlohmann::json* object_;
  const std::string path_;
  ViolationList* const violations_;
  std::vector<std::string_view> known_;
};

// "DOWN, HALF_UP, UP".
template <typename Enum, size_t count>
std::string NamesOf(const NamedValue<Enum> (&names)[count]) {
  std::string list;
  for (const NamedValue<Enum>& entry : names) {
    if (!list.empty()) list += ", ";
    list += entry.name;
  }
  return list;
}

template <typename Enum, size_t count>
std::optional<Enum> FindName(const NamedValue<Enum> (&names)[count],
                             std::string_view name) {
  for (const NamedValue<Enum>& entry : names) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

template <typename Enum, size_t count>
void ObjectReader::ReadEnum(std::string_view key,
                            const NamedValue<Enum> (&names)[count],
                            Enum* value) {
  const nlohmann::json* child = Child(key);
  if (child == nullptr) return;
  const auto* name = child->get_ptr<const std::string*>();
  const std::optional<Enum> found =
      name == nullptr ? std::nullopt : FindName(names, *name);
  if (!found) return Refuse(key, "one of " + NamesOf(names));
  *value = *found;
}

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_OBJECT_READER_H_
