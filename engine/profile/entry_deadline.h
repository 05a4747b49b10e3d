// Until when an event may be recorded, where a scheme counts from the end of
// a calendar month, quarter or year: "14 days after the quarter".

#ifndef TALLY_ENGINE_PROFILE_ENTRY_DEADLINE_H_
#define TALLY_ENGINE_PROFILE_ENTRY_DEADLINE_H_

#include <cstdint>

#include "engine/base/date.h"

namespace tally {

enum class CalendarSpan : uint8_t { kMonth = 1, kQuarter = 3, kYear = 12 };

struct EntryDeadline {
  CalendarSpan after = CalendarSpan::kQuarter;
  int days = 0;

  // The last day on which what happened on a date may be recorded.
  Date LastDay(Date occurred) const;
};

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_ENTRY_DEADLINE_H_
