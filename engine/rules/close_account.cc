#include "engine/rules/close_account.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/rules/carry_over.h"
#include "engine/rules/entitlements.h"
#include "engine/rules/expiry.h"
#include "engine/rules/overdraw.h"
#include "fmt/format.h"

namespace tally {
namespace {

// A period's account or, with origins, one of its accounts.
struct Part {
  AccountIndex account;
  int128 opening = 0;
  int128 closing = 0;  // before what expires at the close
};

ProductIndex ProductOf(const Case& c, const PeriodKey& key) {
  return c.state.registry().at(key.pool).first_product;
}

// Balances that were checked one by one; a sum of several that passes the
// range is shown at its end.
Quantity Clamp(int128 units) {
  return Quantity(static_cast<int64_t>(
      std::clamp<int128>(units, -int128{INT64_MAX}, INT64_MAX)));
}

class Closing {
 public:
  Closing(Case* c, const PeriodKey& key, const Period& period)
      : c_(*c),
        key_(key),
        period_(period),
        accounts_(EntitlementsOf(c->state, key)) {
    const Date next = period.days.last.AddDays(1);
    for (const AccountIndex account : accounts_) {
      parts_.push_back({account,
                        CarriedInto(c_.state, account, period.days.first),
                        CarriedInto(c_.state, account, next)});
      opening_ += parts_.back().opening;
      closing_ += parts_.back().closing;
      // What expires when the next day begins expires with this period.
      expired_ +=
          ExpiredIn(c_.state, account, {period.days.first.AddDays(1), next});
    }
  }

  // Whether a part is below zero with nothing that permits it.
  bool IsDeficit(const ClosePeriod& close) const {
    return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
      return part.closing < 0 && !IsExcused(part, close);
    });
  }

  // Takes off what is too old, and what is above the book stock.
  void Expire() {
    const MassBalanceTerms& terms =
        c_.state.schemes().At(key_.scheme, period_.days.first).mass_balance;
    const std::optional<Date> cutoff = CutoffOf(c_.state, key_, period_);
    const bool capped = terms.carry_cap == CarryCap::kPhysicalStock;
    if (!cutoff && !capped) return;
    const int128 most =
        capped ? BookStockOf(c_.state, key_, period_.days.last) : closing_;
    for (const Remainder& remainder :
         RemaindersOf(c_.state, key_, accounts_, c_.date)) {
      if (remainder.vintage.entered > period_.days.last) break;
      if (cutoff && remainder.vintage.entered <= *cutoff) {
        Strip(remainder, remainder.vintage.left);
        continue;
      }
      const int128 excess =
          std::min<int128>(remainder.vintage.left.units(), closing_ - most);
      if (excess <= 0) continue;
      Strip(remainder, Clamp(excess));
      Warn(c_, Warning::kCarryCap);
    }
  }

  void Plan(bool deficit, const ClosePeriod& close) {
    PeriodChange change{key_, period_};
    change.period.state =
        deficit ? PeriodState::kClosedDeficit : PeriodState::kClosed;
    change.period.opening = Clamp(opening_);
    change.period.closing = Clamp(closing_);
    change.period.expired = Clamp(expired_);
    if (!close.overdraw_reason.empty()) {
      change.period.overdraw_reason = close.overdraw_reason;
    }
    c_.plan.period_changes.push_back(std::move(change));
  }

  int128 closing() const { return closing_; }
  // The deepest that the profile permits, of all parts together.
  Quantity Limit() const {
    int128 limit = 0;
    for (const Part& part : parts_) limit += LimitOf(part).units();
    return Clamp(limit);
  }

 private:
  Quantity LimitOf(const Part& part) const {
    return OverdrawLimit(c_, part.account, key_, period_, period_.days.last);
  }

  bool IsExcused(const Part& part, const ClosePeriod& close) const {
    const bool reason =
        !c_.ProfileOf(key_.scheme).mass_balance.overdraw_needs_reason ||
        !period_.overdraw_reason.empty() || !close.overdraw_reason.empty();
    return !c_.strict && reason && part.opening >= 0 &&
           -part.closing <= LimitOf(part).units();
  }

  void Strip(const Remainder& remainder, Quantity quantity) {
    StripClaim(c_, remainder.account, ClaimOf(key_.scheme, Model::kMassBalance),
               {.date = period_.days.last.AddDays(1),
                .why = Expiry::kNone,
                .site = remainder.vintage.site,
                .product = remainder.vintage.product},
               quantity);
    closing_ -= quantity.units();
    expired_ += quantity.units();
  }

  Case& c_;
  const PeriodKey key_;
  const Period& period_;
  const std::vector<AccountIndex> accounts_;
  std::vector<Part> parts_;
  int128 opening_ = 0;
  int128 closing_ = 0;
  int128 expired_ = 0;
};

void RefuseDeficit(Case& c, const PeriodKey& key, const Period& period,
                   const Closing& closing) {
  if (!c.verdict.Concerns(Code::kDeficitAtClose)) return;
  const ProductIndex product = ProductOf(c, key);
  const Quantity deficit = Clamp(-closing.closing());
  Refusal refusal = RefuseUnder(
      c, key.scheme, Code::kDeficitAtClose,
      fmt::format("close_period: {} below zero at the end of {}; it closes "
                  "once that much more comes in by then, or with_deficit",
                  Show(c, product, deficit), period.days.last.ToString()));
  AddFigure(c, product, "closing", Clamp(closing.closing()), &refusal);
  AddFigure(c, product, "missing", deficit, &refusal);
  AddFigure(c, product, "overdraw_limit", closing.Limit(), &refusal);
  c.verdict.Refuse(std::move(refusal));
}

// The certificate of a holder in the scope who makes no claims; not valid()
// where there is none.
CertificateIndex NonClaiming(const Case& c, const PeriodKey& key) {
  const Certificates& certificates = c.state.certificates();
  const auto first = [&](std::span<const CertificateIndex> list) {
    for (const CertificateIndex index : list) {
      if (certificates.at(index).non_claiming) return index;
    }
    return CertificateIndex();
  };
  for (const SiteIndex site : c.state.registry().SitesOf(key.scope)) {
    const PartyIndex party = c.state.registry().at(site).party;
    CertificateIndex found = first(certificates.Of(key.scheme, site));
    if (!found.valid()) found = first(certificates.HeldBy(key.scheme, party));
    if (found.valid()) return found;
  }
  return CertificateIndex();
}

void CheckRedeemed(Case& c, const PeriodKey& key, const Closing& closing) {
  if (closing.closing() <= 0) return;
  const CertificateIndex certificate = NonClaiming(c, key);
  if (!certificate.valid() || !c.verdict.Concerns(Code::kMustRedeem)) return;
  const ProductIndex product = ProductOf(c, key);
  const Quantity left = Clamp(closing.closing());
  Refusal refusal = RefuseUnder(
      c, key.scheme, Code::kMustRedeem,
      fmt::format("close_period: {} is left, and the holder of certificate "
                  "\"{}\" makes no claims: it closes at zero, once that is "
                  "consumed or redeemed",
                  Show(c, product, left),
                  c.state.certificates().NameOf(certificate)));
  AddFigure(c, product, "left", left, &refusal);
  c.verdict.Refuse(std::move(refusal));
}

}  // namespace

void CloseAccount(Case& c, const PeriodKey& key, const Period& period,
                  const ClosePeriod& close) {
  Closing closing(&c, key, period);
  const bool deficit = closing.IsDeficit(close);
  if (deficit && !close.with_deficit) RefuseDeficit(c, key, period, closing);
  if (deficit) Warn(c, Warning::kDeficitAtClose);
  closing.Expire();
  CheckRedeemed(c, key, closing);
  closing.Plan(deficit, close);
}

}  // namespace tally
