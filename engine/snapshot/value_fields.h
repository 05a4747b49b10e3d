// How single values lie in a snapshot. CodeValue() of a value writes or reads
// it, as its codec does (StateWriter, StateReader); a struct is taken apart by
// its Fields(), table_fields.h.

#ifndef TALLY_ENGINE_SNAPSHOT_VALUE_FIELDS_H_
#define TALLY_ENGINE_SNAPSHOT_VALUE_FIELDS_H_

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
#include "engine/model/limits.h"
#include "engine/model/quantity.h"
#include "engine/snapshot/enum_ends.h"
#include "engine/snapshot/snapshot_access.h"
#include "engine/snapshot/state_reader.h"
#include "engine/snapshot/state_writer.h"

namespace tally {

// T as a codec wants it: to be filled, or to be left as it is.
template <typename Codec, typename T>
using As = std::conditional_t<Codec::kReads, T, const T>&;

// An index that may be none. All others must be one.
template <typename Index>
struct MaybeIndex {
  Index& index;
};
template <typename Index>
MaybeIndex<Index> Maybe(Index& index) {
  return {index};
}

// No date that is stored comes near these; a sum of days cannot overflow.
inline constexpr int64_t kSnapshotDayMax = 1'000'000;

// Writing.

template <std::integral T>
void CodeValue(StateWriter& out, T value) {
  if constexpr (std::unsigned_integral<T>) {
    out.Unsigned(value);
  } else {
    out.Signed(value);
  }
}
template <typename E>
requires std::is_enum_v<E>
void CodeValue(StateWriter& out, E value) {
  if (value > LastOf(value)) out.Fail("an enumerator that is not listed");
  out.Unsigned(static_cast<uint64_t>(value));
}
template <typename Tag>
void CodeValue(StateWriter& out, StrongIndex<Tag> index) {
  if (!index.valid()) out.Fail("no index where one must be");
  out.Unsigned(static_cast<uint64_t>(index.value()));
}
template <typename Index>
void CodeValue(StateWriter& out, const MaybeIndex<Index>& maybe) {
  const int64_t value = maybe.index.value();
  out.Unsigned(maybe.index.valid() ? static_cast<uint64_t>(value) + 1 : 0);
}
inline void CodeValue(StateWriter& out, Quantity quantity) {
  out.Signed(quantity.units());
}
inline void CodeValue(StateWriter& out, Date date) { out.Signed(date.days()); }
inline void CodeValue(StateWriter& out, Instant instant) {
  out.Signed(instant.micros());
}
inline void CodeValue(StateWriter& out, const Uuid& uuid) {
  out.Bytes(uuid.AsBytes());
}
inline void CodeValue(StateWriter& out, int128 number) {
  out.Signed(static_cast<int64_t>(number >> 64));
  out.Unsigned(static_cast<uint64_t>(number));
}
inline void CodeValue(StateWriter& out, const Decimal& decimal) {
  out(decimal.mantissa, decimal.scale);
}
inline void CodeValue(StateWriter& out, const ExactQuantity& exact) {
  out(exact.whole(), exact.fraction().numerator(),
      exact.fraction().denominator());
}
inline void CodeValue(StateWriter& out, const std::string& text) {
  out.Unsigned(text.size());
  out.Bytes(text);
}
template <typename List>
void CodeList(StateWriter& out, const List& list) {
  out.Unsigned(list.size());
  for (const auto& element : list) {
    if (!out.ok()) return;
    out(element);
  }
}

// Reading.

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
  if (number > static_cast<uint64_t>(LastOf(E{}))) {
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

// Whatever is made of others.

template <typename T>
void CodeValue(StateWriter& out, const std::vector<T>& list) {
  CodeList(out, list);
}
template <typename T>
void CodeValue(StateReader& in, std::vector<T>& list) {
  CodeList(in, list);
}
template <typename T, size_t n>
void CodeValue(StateWriter& out, const absl::InlinedVector<T, n>& list) {
  CodeList(out, list);
}
template <typename T, size_t n>
void CodeValue(StateReader& in, absl::InlinedVector<T, n>& list) {
  CodeList(in, list);
}
template <typename T>
void CodeValue(StateWriter& out, const std::optional<T>& value) {
  out(value.has_value());
  if (value.has_value()) out(*value);
}
template <typename T>
void CodeValue(StateReader& in, std::optional<T>& value) {
  bool has_value = false;
  in(has_value);
  if (has_value && in.ok()) in(value.emplace());
}
template <typename A, typename B>
void CodeValue(StateWriter& out, const std::pair<A, B>& pair) {
  out(pair.first, pair.second);
}
template <typename A, typename B>
void CodeValue(StateReader& in, std::pair<A, B>& pair) {
  in(pair.first, pair.second);
}
inline void CodeValue(StateWriter& out, const DateRange& days) {
  out(days.first, days.last);
}
inline void CodeValue(StateReader& in, DateRange& days) {
  in(days.first, days.last);
}

// What has Fields() of its own.
template <typename Codec, typename T>
requires requires(Codec& codec, T& thing) { Fields(codec, thing); }
void CodeValue(Codec& codec, T& thing) { Fields(codec, thing); }

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_VALUE_FIELDS_H_
