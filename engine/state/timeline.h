// The balance of one account over business dates.
//
// A day holds the balance at its end. Postings may be dated before others:
// they change their own day and all later ones, and what may be taken on a
// date is the least balance from that date on. The usual posting is dated on
// or after the latest day, which touches one element.
//
// Not thread-safe.

#ifndef TALLY_ENGINE_STATE_TIMELINE_H_
#define TALLY_ENGINE_STATE_TIMELINE_H_

#include <cstdint>
#include <span>

#include "absl/container/inlined_vector.h"
#include "engine/base/date.h"
#include "engine/model/quantity.h"

namespace tally {

struct DayBalance {
  Date date;
  int32_t postings = 0;  // that made the day, so that it can go with them
  Quantity balance;      // at the end of the day
};

class Timeline {
 public:
  // After the latest day.
  Quantity Latest() const {
    return days_.empty() ? Quantity() : days_.back().balance;
  }
  // At the end of `date`.
  Quantity At(Date date) const;
  // The least balance at the end of `date` or of any later day.
  Quantity LeastFrom(Date date) const;
  // The greatest such balance: what a posting at `date` must not overflow.
  Quantity GreatestFrom(Date date) const;
  // The first day of a posting; Date::Max() where there was none.
  Date FirstDay() const {
    return days_.empty() ? Date::Max() : days_.front().date;
  }
  std::span<const DayBalance> days() const { return days_; }

  // The caller has made sure that no day overflows.
  void Post(Date date, Quantity delta);
  // Takes back a posting that was made, with the same arguments: a day that
  // nothing else was posted on is gone, as if it had never been.
  void Unpost(Date date, Quantity delta);

 private:
  friend struct SnapshotAccess;

  // The first day after `date`.
  size_t After(Date date) const;
  void AddFrom(size_t day, Quantity delta);

  absl::InlinedVector<DayBalance, 1> days_;  // by date
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_TIMELINE_H_
