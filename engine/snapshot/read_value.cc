#include "engine/snapshot/read_value.h"

#include <cstring>

#include "engine/model/limits.h"

namespace tally {

void CodeValue(StateReader& in, Uuid& uuid) {
  const std::string_view bytes = in.Bytes(uuid.bytes.size());
  if (!in.ok()) return;
  std::memcpy(uuid.bytes.data(), bytes.data(), bytes.size());
}

void CodeValue(StateReader& in, int128& number) {
  const int64_t high = in.Signed();
  const uint64_t low = in.Unsigned();
  // Room to add any number of quantities to what is read.
  if (high > (int64_t{1} << 60) || high < -(int64_t{1} << 60)) {
    return in.Fail("a number too large");
  }
  number = static_cast<int128>(high) * (int128{1} << 64) + low;
}

void CodeValue(StateReader& in, Decimal& decimal) {
  in(decimal.mantissa, decimal.scale);
  if (decimal.mantissa >= 0 && decimal.scale >= 0 && decimal.scale <= 18) {
    return;
  }
  decimal = Decimal();
  in.Fail("no decimal where one must be");
}

void CodeValue(StateReader& in, ExactQuantity& exact) {
  int64_t whole = 0;
  int64_t numerator = 0;
  int64_t denominator = 0;
  in(whole, numerator, denominator);
  if (!in.ok()) return;
  if (whole < 0 || numerator < 0 || numerator >= denominator) {
    return in.Fail("no fraction where one must be");
  }
  const std::optional<Ratio> ratio = Ratio::Of(numerator, denominator);
  const std::optional<ExactQuantity> part =
      ratio ? ExactQuantity::Of(Quantity(1), *ratio) : std::nullopt;
  const std::optional<ExactQuantity> all =
      part ? part->Plus(ExactQuantity(Quantity(whole))) : std::nullopt;
  if (!all) return in.Fail("no fraction where one must be");
  exact = *all;
}

void CodeValue(StateReader& in, std::string& text) {
  const uint64_t size = in.Unsigned();
  if (size > kProfileBytesMax) return in.Fail("a text too long");
  text = in.Bytes(static_cast<size_t>(size));
}

}  // namespace tally
