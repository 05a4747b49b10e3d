// How single values are written to a snapshot, each by its type.

#ifndef TALLY_ENGINE_SNAPSHOT_WRITE_VALUE_H_
#define TALLY_ENGINE_SNAPSHOT_WRITE_VALUE_H_

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
#include "engine/snapshot/state_writer.h"

namespace tally {

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
  if (!IsListed(value)) out.Fail("an enumerator that is not listed");
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
inline void CodeValue(StateWriter& out, std::string_view text) {
  out.Unsigned(text.size());
  out.Bytes(text);
}
inline void CodeValue(StateWriter& out, const std::string& text) {
  CodeValue(out, std::string_view(text));
}
template <typename List>
void CodeList(StateWriter& out, const List& list) {
  out.Unsigned(list.size());
  for (const auto& element : list) {
    if (!out.ok()) return;
    out(element);
  }
}

template <typename T>
void CodeValue(StateWriter& out, const std::vector<T>& list) {
  CodeList(out, list);
}
template <typename T, size_t n>
void CodeValue(StateWriter& out, const absl::InlinedVector<T, n>& list) {
  CodeList(out, list);
}
template <typename T>
void CodeValue(StateWriter& out, const std::optional<T>& value) {
  out(value.has_value());
  if (value.has_value()) out(*value);
}
template <typename A, typename B>
void CodeValue(StateWriter& out, const std::pair<A, B>& pair) {
  out(pair.first, pair.second);
}
inline void CodeValue(StateWriter& out, const DateRange& days) {
  out(days.first, days.last);
}
}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_WRITE_VALUE_H_
