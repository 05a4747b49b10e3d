// Fixed accounting periods: which one a posting lies in, how far an account
// may be short inside one, opening and closing.

#ifndef TALLY_TESTS_REFERENCE_PERIODS_H_
#define TALLY_TESTS_REFERENCE_PERIODS_H_

#include <optional>
#include <vector>

#include "tests/reference/account.h"
#include "tests/reference/plan.h"

namespace tally::reference {

enum class Overdraw { kNone, kAllowed, kDeficit, kTooDeep };

// Whether the profile lets `account` be as short as `series` is; adds the
// warning when it does.
Overdraw JudgeOverdraw(const World& world, const Account& account,
                       const Series& series, Plan* plan);

// The close of an open period, by an event or by time.
void PlanClose(const World& world, const Period& closing, Plan* plan);

// NO_PERIOD, PERIOD_CLOSED: each mass-balance posting lies in an open period.
void CheckPeriods(const World& world, Plan* plan);

// The period of a mass-balance account that holds `date`, null if none.
const Period* PeriodOf(const World& world, const Account& account, Date date);

// The account that an event or a question names, none if it names no such. A
// country's is the actor's.
std::optional<PeriodAccount> ReadPeriodAccount(const World& world,
                                               const Json& json,
                                               const std::string& actor = "");

void PlanOpenPeriod(const World& world, Plan* plan);
void PlanClosePeriod(const World& world, Plan* plan);

// Balance when the day after `to` begins: what expired at `to` is gone.
struct PeriodFigures {
  Units opening = 0;
  Units closing = 0;
  Units expired = 0;
};
PeriodFigures FiguresOf(const View& view, const Period& period);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_PERIODS_H_
