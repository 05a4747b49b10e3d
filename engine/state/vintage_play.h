// Plays an entitlement through time: oldest first it is used, and what is
// left expires after months or in a certificate gap.
//
// A pure function of the moves and the terms, whatever order events came in:
// a use that is dated before others changes what later ones used and what
// expired. What comes from a shipment that is sent back is as old as it was
// when it left; where it would have expired meanwhile, it lasts for the day on
// which it came back. What an account lacks is repaid first.

#ifndef TALLY_ENGINE_STATE_VINTAGE_PLAY_H_
#define TALLY_ENGINE_STATE_VINTAGE_PLAY_H_

#include <functional>
#include <span>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/state/vintages.h"

namespace tally {

struct VintageTerms {
  // The last day of what entered on a date; Date::Max() where it lasts.
  std::function<Date(Date)> last_day;
  // Days without certificate, by date: each ends what was there.
  std::vector<DateRange> gaps;
};

// What entered on a day and is still unused.
struct Vintage {
  Date entered;
  Date last_day = Date::Max();
  SiteIndex site;
  ProductIndex product;
  Quantity left;
};

struct BalanceOfDay {
  Date date;
  int128 balance = 0;  // at its end
};

struct VintageHistory {
  // What is left after the last move, before what expires later; oldest
  // first, without empty ones.
  std::vector<Vintage> left;
  ExpirySchedule expired;
  // Each day on which there was a move or something expired, by date.
  std::vector<BalanceOfDay> days;

  // At the end of a date.
  int128 BalanceAt(Date date) const;
  // The least balance at the end of a date or of any later day.
  int128 LeastFrom(Date date) const;
};

// `moves` are in the order of Vintages.
VintageHistory PlayVintages(const VintageTerms& terms,
                            std::span<const VintageMove> moves);

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_VINTAGE_PLAY_H_
