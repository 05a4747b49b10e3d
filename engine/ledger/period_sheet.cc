#include "engine/ledger/period_sheet.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/ledger/account_names.h"
#include "engine/rules/carry_over.h"
#include "engine/rules/entitlements.h"
#include "engine/rules/forecast.h"

namespace tally {
namespace {

struct Flow {
  int128 received = 0;
  int128 delivered = 0;
};

// Shipments to a site that are looked at for what is under way; the latest.
constexpr size_t kUnderWayMax = 10'000;

class Sheet {
 public:
  Sheet(const View* view, const PeriodKey& key, const Period& period)
      : view_(*view),
        key_(key),
        period_(period),
        accounts_(EntitlementsOf(view->state, key)) {
    // What expires when the day after the last begins belongs to the period.
    end_ = view_.latest_date > period.days.last
               ? period.days.last.AddDays(1)
               : std::max(view_.latest_date, period.days.first);
    for (const AccountIndex account : accounts_) Add(account);
  }

  PeriodView Make() {
    PeriodView sheet{.period = period_};
    AccountKey named{
        .scope = key_.scope,
        .pool = key_.pool,
        .claims = SetOf(ClaimOf(key_.scheme, Model::kMassBalance))};
    sheet.account = NameAccount(view_.state, named);
    int128 closing = opening_;
    int128 expired = 0;
    for (const auto& [kind, flow] : flows_) {
      closing += flow.received - flow.delivered;
      if (kind == 0 || kind == kClosePeriodKind) expired += flow.delivered;
      sheet.lines.push_back({.kind = kind,
                             .received = AmountIn(flow.received),
                             .delivered = AmountIn(flow.delivered)});
    }
    if (period_.state == PeriodState::kOpen) {
      sheet.opening = AmountIn(opening_);
      sheet.closing = AmountIn(closing);
      sheet.expired = AmountIn(expired);
      sheet.forecast = Forecast();
    } else {
      sheet.opening = AmountIn(period_.opening.units());
      sheet.closing = AmountIn(period_.closing.units());
      sheet.expired = AmountIn(period_.expired.units());
    }
    return sheet;
  }

 private:
  Amount AmountIn(int128 units) const {
    const auto clamped = static_cast<int64_t>(
        std::clamp<int128>(units, -int128{INT64_MAX}, INT64_MAX));
    return AmountOf(view_.state,
                    view_.state.registry().at(key_.pool).first_product,
                    Quantity(clamped));
  }

  void Add(AccountIndex index) {
    const State& state = view_.state;
    opening_ += CarriedInto(state, index, period_.days.first);
    const Vintages* vintages = state.accounts().at(index).vintages.get();
    if (vintages == nullptr) return;
    const DateRange days = {period_.days.first, period_.days.last.AddDays(1)};
    for (const VintageMove& move : vintages->Within(days)) {
      const bool at_close = move.event_kind == kClosePeriodKind;
      // A close is dated when the next day begins.
      if (at_close ? move.date == days.first : move.date == days.last) continue;
      Flow& flow = flows_[move.event_kind];
      (move.kind == MoveKind::kUse ? flow.delivered : flow.received) +=
          move.quantity.units();
    }
    for (const auto& [key, quantity] : vintages->schedule()) {
      if (key.date <= days.first || key.date > end_) continue;
      flows_[0].delivered += quantity.units();
    }
  }

  PeriodForecast Forecast() const {
    const State& state = view_.state;
    const Date next = period_.days.last.AddDays(1);
    const Date today = std::min(view_.latest_date, period_.days.last);
    const int128 announced =
        Announced(state, key_, period_.days.last, kUnderWayMax);
    int128 now = 0;
    int128 at_end = 0;
    int128 scheduled = 0;
    int128 received = 0;
    for (const AccountIndex account : accounts_) {
      now += state.accounts().at(account).timeline.At(today).units();
      at_end += CarriedInto(state, account, next);
      scheduled += ExpiredIn(state, account, {today.AddDays(1), next});
      received += ReceivedIn(state, account, period_.days);
    }
    const int128 at_close =
        ExpiringAtClose(state, key_, period_, accounts_, announced);
    const int128 limit =
        OverdrawShare(state, key_, period_, received + announced);
    return {
        .announced = AmountIn(announced),
        .expiring = AmountIn(scheduled + at_close),
        .closing = AmountIn(at_end + announced - at_close),
        .shippable = AmountIn(std::max<int128>(now + announced + limit, 0))};
  }

  const View& view_;
  const PeriodKey key_;
  const Period& period_;
  const std::vector<AccountIndex> accounts_;
  Date end_;  // the last day of which expiry has come to pass
  int128 opening_ = 0;
  std::map<int, Flow> flows_;  // by kind of event
};

}  // namespace

PeriodView SheetOf(const View& view, const PeriodKey& key,
                   const Period& period) {
  return Sheet(&view, key, period).Make();
}

}  // namespace tally
