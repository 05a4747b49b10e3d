// Decimals, dates and ids from any bytes: what is parsed prints and parses
// again to the same value, and nothing overflows on the way.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/base/check.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/base/uuid.h"

namespace tally {
namespace {

void Decimals(std::string_view text) {
  const std::optional<Decimal> parsed = ParseDecimal(text);
  if (!parsed) return;
  TALLY_CHECK(parsed->mantissa >= 0);
  TALLY_CHECK(ParseDecimal(parsed->ToString()) == parsed);
  for (int decimals = 0; decimals <= 18; ++decimals) {
    const std::optional<int64_t> units = parsed->Units(decimals);
    if (!units) continue;
    const std::optional<Decimal> again =
        ParseDecimal(FormatUnits(*units, decimals));
    TALLY_CHECK(again.has_value());
    TALLY_CHECK(again->Units(decimals) == units);
  }
  if (const std::optional<Ratio> ratio = Ratio::Of(*parsed)) {
    TALLY_CHECK(ratio->denominator() > 0);
    Scale(1'000'000'007, *ratio, Rounding::kHalfUp);
  }
}

void Dates(std::string_view text) {
  if (const std::optional<Date> date = ParseDate(text)) {
    TALLY_CHECK(ParseDate(date->ToString()) == date);
    TALLY_CHECK(date->MonthStart() <= *date);
    TALLY_CHECK(*date <= date->MonthEnd());
  }
  if (const std::optional<Instant> instant = ParseInstant(text)) {
    TALLY_CHECK(ParseInstant(instant->ToString()) == instant);
  }
  if (const std::optional<DateRange> range = ParseDateRange(text)) {
    TALLY_CHECK(range->Contains(range->first));
    TALLY_CHECK(range->Contains(range->last));
  }
}

void Ids(std::string_view text) {
  const std::optional<Uuid> id = ParseUuid(text);
  if (id) TALLY_CHECK(ParseUuid(id->ToString()) == id);
  TALLY_CHECK(ParseUuid(UuidOfName(text).ToString()).has_value());
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  tally::Decimals(text);
  tally::Dates(text);
  tally::Ids(text);
  return 0;
}
