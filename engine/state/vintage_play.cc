#include "engine/state/vintage_play.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/base/check.h"

namespace tally {
namespace {

class Player {
 public:
  Player(const VintageTerms* terms, std::span<const VintageMove> moves)
      : terms_(terms), moves_(moves) {}

  VintageHistory Run() {
    if (moves_.empty()) NoteLeft();
    for (Date day = NextDay(); day < Date::Max(); day = NextDay()) {
      ExpireOn(day);
      PlayMoves(day);
      history_.days.push_back({day, balance_});
      today_ = day;
    }
    return std::move(history_);
  }

 private:
  // The next day on which something happens; Date::Max() for none.
  Date NextDay() {
    Date next = moves_.empty() ? Date::Max() : moves_.front().date;
    SkipEmpty();
    if (first_ == vintages_.size()) return next;
    const Date last_day = FirstLastDay();
    if (last_day < Date::Max()) next = std::min(next, last_day.AddDays(1));
    return std::min(next, NextGapDay());
  }

  // What entered earlier ends no later, unless a version of the scheme made
  // later entitlement end sooner.
  Date FirstLastDay() const {
    Date first = vintages_[first_].last_day;
    for (size_t i = first_; !ordered_ && i < vintages_.size(); ++i) {
      if (vintages_[i].left.IsZero()) continue;
      first = std::min(first, vintages_[i].last_day);
    }
    return first;
  }

  void SkipEmpty() {
    while (first_ < vintages_.size() && vintages_[first_].left.IsZero()) {
      ++first_;
    }
  }

  // The first day of a gap after today.
  Date NextGapDay() const {
    for (const DateRange& gap : terms_->gaps) {
      if (gap.last <= today_) continue;
      return std::max(gap.first, today_.AddDays(1));
    }
    return Date::Max();
  }

  void ExpireOn(Date day) {
    for (size_t i = first_; i < vintages_.size(); ++i) {
      if (vintages_[i].left.IsZero()) continue;
      if (vintages_[i].last_day < day) {
        Strip(&vintages_[i], day, Expiry::kTime);
      } else if (ordered_) {
        break;
      }
    }
    const bool in_gap =
        std::any_of(terms_->gaps.begin(), terms_->gaps.end(),
                    [&](const DateRange& gap) { return gap.Contains(day); });
    if (!in_gap) return;
    for (size_t i = first_; i < vintages_.size(); ++i) {
      Strip(&vintages_[i], day, Expiry::kGap);
    }
  }

  void Strip(Vintage* vintage, Date date, Expiry why) {
    if (vintage->left.IsZero()) return;
    const ExpiryKey key{date, why, vintage->site, vintage->product};
    const bool fits = history_.expired[key].Add(vintage->left);
    TALLY_CHECK(fits);
    balance_ -= vintage->left.units();
    vintage->left = Quantity();
  }

  void PlayMoves(Date day) {
    if (moves_.empty() || moves_.front().date != day) return;
    for (; !moves_.empty() && moves_.front().date == day;
         moves_ = moves_.subspan(1)) {
      const VintageMove& move = moves_.front();
      if (move.kind == MoveKind::kUse) {
        Use(move);
      } else {
        Enter(move);
      }
    }
    if (moves_.empty()) NoteLeft();
  }

  void Use(const VintageMove& move) {
    Quantity wanted = move.quantity;
    for (size_t i = first_; i < vintages_.size() && !wanted.IsZero(); ++i) {
      const Quantity part = std::min(vintages_[i].left, wanted);
      if (part.IsZero()) continue;
      vintages_[i].left = *Difference(vintages_[i].left, part);
      wanted = *Difference(wanted, part);
      if (!move.shipment.valid()) continue;
      std::vector<Vintage>& taken = taken_[move.shipment];
      taken.push_back(vintages_[i]);
      taken.back().left = part;
    }
    balance_ -= move.quantity.units();
  }

  void Enter(const VintageMove& move) {
    const int128 owed = std::max<int128>(-balance_, 0);
    const Quantity repaid(
        static_cast<int64_t>(std::min<int128>(owed, move.quantity.units())));
    balance_ += move.quantity.units();
    Quantity rest = *Difference(move.quantity, repaid);
    if (move.kind == MoveKind::kReturn) rest = GiveBack(move, rest);
    if (rest.IsZero()) return;
    AddTo({.entered = move.date,
           .last_day = terms_->last_day(move.date),
           .site = move.site,
           .product = move.product,
           .left = rest});
  }

  // To what the shipment took; what is more than that.
  Quantity GiveBack(const VintageMove& move, Quantity quantity) {
    const auto taken = taken_.find(move.shipment);
    if (taken == taken_.end()) return quantity;
    for (Vintage& part : taken->second) {
      Vintage back = part;
      back.left = std::min(part.left, quantity);
      if (back.left.IsZero()) continue;
      part.left = *Difference(part.left, back.left);
      quantity = *Difference(quantity, back.left);
      back.last_day = std::max(back.last_day, move.date);
      AddTo(back);
    }
    return quantity;
  }

  // Kept in order of entry; what came back in the order of its coming.
  void AddTo(const Vintage& vintage) {
    auto place = std::upper_bound(
        vintages_.begin(), vintages_.end(), vintage.entered,
        [](Date entered, const Vintage& v) { return entered < v.entered; });
    first_ = std::min(first_, static_cast<size_t>(place - vintages_.begin()));
    const bool after_longer =
        place != vintages_.begin() && (place - 1)->last_day > vintage.last_day;
    const bool before_shorter =
        place != vintages_.end() && place->last_day < vintage.last_day;
    ordered_ = ordered_ && !after_longer && !before_shorter;
    vintages_.insert(place, vintage);
  }

  void NoteLeft() {
    for (const Vintage& vintage : vintages_) {
      if (!vintage.left.IsZero()) history_.left.push_back(vintage);
    }
  }

  const VintageTerms* const terms_;
  std::span<const VintageMove> moves_;  // still to be played
  std::vector<Vintage> vintages_;       // by entry
  size_t first_ = 0;                    // all before are empty
  bool ordered_ = true;                 // none ends before one before it
  absl::flat_hash_map<ShipmentIndex, std::vector<Vintage>> taken_;
  Date today_ = Date::Min();
  int128 balance_ = 0;  // below zero: what is to be repaid
  VintageHistory history_;
};

}  // namespace

int128 VintageHistory::BalanceAt(Date date) const {
  const auto after = std::partition_point(
      days.begin(), days.end(),
      [&](const BalanceOfDay& day) { return day.date <= date; });
  return after == days.begin() ? 0 : (after - 1)->balance;
}

int128 VintageHistory::LeastFrom(Date date) const {
  int128 least = BalanceAt(date);
  for (size_t i = days.size(); i-- > 0 && days[i].date > date;) {
    least = std::min(least, days[i].balance);
  }
  return least;
}

VintageHistory PlayVintages(const VintageTerms& terms,
                            std::span<const VintageMove> moves) {
  return Player(&terms, moves).Run();
}

}  // namespace tally
