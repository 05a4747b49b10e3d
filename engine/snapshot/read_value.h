// How single values are read from a snapshot, each by its type. Nothing is
// taken for what it should be before that was looked at.

#ifndef TALLY_ENGINE_SNAPSHOT_READ_VALUE_H_
#define TALLY_ENGINE_SNAPSHOT_READ_VALUE_H_

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/base/strong_id.h"
#include "engine/base/uuid.h"
#include "engine/model/exact_quantity.h"
#include "engine/model/quantity.h"
#include "engine/snapshot/enumerators.h"
#include "engine/snapshot/maybe_index.h"
#include "engine/snapshot/snapshot_access.h"
#include "engine/snapshot/state_reader.h"

namespace tally {

// No date that is stored comes near these; a sum of days cannot overflow.
inline constexpr int64_t kSnapshotDayMax = 1'000'000;

template <std::integral T>
void CodeValue(StateReader& in, T& value) {
  if constexpr (std::unsigned_integral<T>) {
    const uint64_t number = in.Unsigned();
    if (number > std::numeric_limits<T>::max()) in.Fail("a number too large");
    value = static_cast<T>(number);
  } else {
    const int64_t number = in.Signed();
    if (!std::in_range<T>(number)) in.Fail("a number too large");
    value = static_cast<T>(number);
  }
}
inline void CodeValue(StateReader& in, bool& value) {
  const uint64_t number = in.Unsigned();
  if (number > 1) in.Fail("neither yes nor no");
  value = number == 1;
}
template <typename E>
requires std::is_enum_v<E>
void CodeValue(StateReader& in, E& value) {
  const uint64_t number = in.Unsigned();
  if (number > UINT8_MAX || !IsListed(static_cast<E>(number))) {
    return in.Fail("an unknown enumerator");
  }
  value = static_cast<E>(number);
}
template <typename Tag>
void CodeValue(StateReader& in, StrongIndex<Tag>& index) {
  const uint64_t number = in.Unsigned();
  if (number >= static_cast<uint64_t>(in.counts.End(index))) {
    return in.Fail("an index beyond its table");
  }
  index = StrongIndex<Tag>(static_cast<int32_t>(number));
}
template <typename Index>
void CodeValue(StateReader& in, const MaybeIndex<Index>& maybe) {
  const uint64_t number = in.Unsigned();
  if (number > static_cast<uint64_t>(in.counts.End(maybe.index))) {
    return in.Fail("an index beyond its table");
  }
  maybe.index = Index(static_cast<int32_t>(number) - 1);
}
// Sets of several claims lie beyond those of one.
inline void CodeValue(StateReader& in, ClaimSetIndex& set) {
  const uint64_t number = in.Unsigned();
  const auto base = static_cast<uint64_t>(SnapshotAccess::SeveralBase());
  const auto ones = static_cast<uint64_t>(in.counts.End(ClaimIndex()));
  const auto sets = static_cast<uint64_t>(in.counts.claim_sets);
  if (number > ones && (number < base || number - base >= sets)) {
    return in.Fail("an index beyond its table");
  }
  set = ClaimSetIndex(static_cast<int32_t>(number));
}
inline void CodeValue(StateReader& in, Quantity& quantity) {
  const int64_t units = in.Signed();
  if (units == INT64_MIN) return in.Fail("a number too large");
  quantity = Quantity(units);
}
inline void CodeValue(StateReader& in, Date& date) {
  const int64_t days = in.Signed();
  if (days < -kSnapshotDayMax || days > kSnapshotDayMax) {
    return in.Fail("no date where one must be");
  }
  date = Date(static_cast<int32_t>(days));
}
inline void CodeValue(StateReader& in, Instant& instant) {
  instant = Instant(in.Signed());
}
void CodeValue(StateReader& in, Uuid& uuid);
void CodeValue(StateReader& in, int128& number);
void CodeValue(StateReader& in, Decimal& decimal);
void CodeValue(StateReader& in, ExactQuantity& exact);
void CodeValue(StateReader& in, std::string& text);

// Grows with what is read, so that a count alone takes no memory.
template <typename List>
void CodeList(StateReader& in, List& list) {
  const uint64_t count = in.Unsigned();
  for (uint64_t i = 0; i < count && in.ok(); ++i) in(list.emplace_back());
}

template <typename T>
void CodeValue(StateReader& in, std::vector<T>& list) {
  CodeList(in, list);
}
template <typename T, size_t n>
void CodeValue(StateReader& in, absl::InlinedVector<T, n>& list) {
  CodeList(in, list);
}
template <typename T>
void CodeValue(StateReader& in, std::optional<T>& value) {
  bool has_value = false;
  in(has_value);
  if (has_value && in.ok()) in(value.emplace());
}
template <typename A, typename B>
void CodeValue(StateReader& in, std::pair<A, B>& pair) {
  in(pair.first, pair.second);
}
inline void CodeValue(StateReader& in, DateRange& days) {
  in(days.first, days.last);
}

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_READ_VALUE_H_
