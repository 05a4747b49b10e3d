#include "engine/profile/profile.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {

Rounding Profile::DebitRounding() const {
  switch (rounding) {
    case Rounding::kDown:
      return Rounding::kUp;
    case Rounding::kHalfUp:
      return Rounding::kHalfUp;
    case Rounding::kUp:
      return Rounding::kDown;
  }
  TALLY_CHECK(false);
}

ConversionLookup Profile::FindConversion(std::string_view process,
                                         std::string_view input,
                                         Date date) const {
  ConversionLookup lookup;
  for (const Conversion& conversion : conversions) {
    if (conversion.process != process || conversion.input != input) continue;
    if (conversion.dates.Contains(date)) {
      return {.conversion = &conversion, .on_other_dates = false};
    }
    lookup.on_other_dates = true;
  }
  return lookup;
}

const Recognition* Profile::FindRecognition(std::string_view of_scheme,
                                            std::string_view product,
                                            Model model, Date date) const {
  for (const Recognition& recognition : recognises) {
    if (recognition.scheme == of_scheme &&
        recognition.Covers(product, model, date)) {
      return &recognition;
    }
  }
  return nullptr;
}

std::optional<Date> Profile::LastDayToRecord(Date occurred) const {
  if (entry_deadline) return entry_deadline->LastDay(occurred);
  if (entry_lag_days) return occurred.AddDays(*entry_lag_days);
  return std::nullopt;
}

int Profile::LevelRank(std::string_view level) const {
  const auto found = std::ranges::find(levels, level);
  if (found == levels.end()) return -1;
  return static_cast<int>(found - levels.begin());
}

std::string_view Profile::CitationOf(std::string_view rule) const {
  const auto found = std::ranges::find(citations, rule, &Citation::subject);
  if (found == citations.end()) return {};
  return found->text;
}

}  // namespace tally
