#include "tests/reference/shortfall.h"

#include <algorithm>

#include "tests/reference/periods.h"
#include "tests/reference/single_use.h"

namespace tally::reference {

namespace {

// Quantity that left the account for a cause, less what came back.
Units Gone(const World& world, const Account& account,
           const std::function<bool(const Posting&)>& counts) {
  Units gone = 0;
  View(world).Each("", "", [&](const Posting& posting) {
    if (Counts(world, account, posting.holding) && counts(posting)) {
      gone -= posting.quantity;
    }
  });
  return gone;
}

// The lot was never at the site on or before the date, but came later.
bool CameLater(const World& world, const Account& account, Date date) {
  bool later = false;
  bool before = false;
  View(world).Each(account.site, account.product, [&](const Posting& posting) {
    if (posting.holding.lot != account.lot || posting.quantity <= 0) return;
    (posting.date > date ? later : before) = true;
  });
  return later && !before;
}

bool UsedUp(const World& world, const Account& account, Date date) {
  const Series before = Daily(View(world), account);
  const bool came = std::any_of(
      before.begin(), before.end(),
      [&](const auto& day) { return day.first <= date && day.second > 0; });
  return came && LowestFrom(before, date) <= 0;
}

// Entitlement of the same scope and group that came from other countries.
Units OtherOrigins(const World& world, const Account& account, Date date) {
  Units other = 0;
  View(world).Each("", "", [&](const Posting& posting) {
    if (posting.date > date ||
        !posting.holding.claims.contains(*account.claim)) {
      return;
    }
    Account found = AccountOf(world, posting.holding, account.claim);
    if (found.origin == account.origin) return;
    found.origin = account.origin;
    if (found == account) other += posting.quantity;
  });
  return other;
}

std::string CodeOf(const World& world, const Account& account, Units missing,
                   const Plan& plan) {
  const auto explains = [&](const auto& counts) {
    const Units gone = Gone(world, account, counts);
    return gone > 0 && missing <= gone;
  };
  if (explains([](const Posting& p) { return p.cause == Cause::kBook; })) {
    return "DOUBLE_ISSUE";
  }
  const bool double_scheme = explains([&](const Posting& posting) {
    const bool outward =
        posting.cause == Cause::kShip || posting.cause == Cause::kReturn ||
        posting.cause == Cause::kConsume ||
        posting.cause == Cause::kProcessIn || posting.cause == Cause::kAdjust ||
        posting.cause == Cause::kDowngrade;
    return outward && !posting.drawn_as.scheme.empty() &&
           posting.holding.claims.size() > 1 &&
           posting.drawn_as.scheme != account.claim->scheme;
  });
  if (double_scheme) return "DOUBLE_SCHEME";
  // What will expire later is still there on the event's date.
  const auto ended = [&](Cause cause) {
    return [cause, date = plan.date](const Posting& posting) {
      return posting.cause == cause && posting.date <= date;
    };
  };
  if (explains(ended(Cause::kExpiry))) return "CREDIT_EXPIRED";
  if (explains(ended(Cause::kGap))) return "CERT_GAP";
  if (account.IsMassBalance() &&
      world.schemes.at(account.claim->scheme).origin_match &&
      missing <= OtherOrigins(world, account, plan.date)) {
    return "ORIGIN_MISMATCH";
  }
  if (missing > 0 && missing <= BoughtFor(world, account, plan.date)) {
    return "DELIVER_SHORT";
  }
  if (!account.lot.empty() && UsedUp(world, account, plan.date)) {
    return "DOC_EXHAUSTED";
  }
  return "INSUFFICIENT";
}

}  // namespace

void JudgeShortfall(const World& world, const Account& account,
                    const Series& series, Plan* plan) {
  const std::string name = account.IsMassBalance()
                               ? account.scope + " " + account.group
                               : account.site + " " + account.product;
  if (plan->kind == "issue_credits") {
    return plan->Refuse("DOUBLE_ISSUE", name);
  }
  if (!account.lot.empty() && CameLater(world, account, plan->date)) {
    return plan->Refuse("TIME_ORDER", account.lot);
  }
  switch (JudgeOverdraw(world, account, series, plan)) {
    case Overdraw::kAllowed:
      return;
    case Overdraw::kDeficit:
      return plan->Refuse("DEFICIT_AT_CLOSE", name);
    case Overdraw::kTooDeep:
      return plan->Refuse("OVERDRAW_LIMIT", name);
    case Overdraw::kNone:
      break;
  }
  // What was lacking before the event does not lack for it.
  const Units before = LowestFrom(Daily(View(world), account), plan->date);
  const Units missing =
      std::min<Units>(before, 0) - LowestFrom(series, plan->date);
  plan->Refuse(CodeOf(world, account, missing, *plan), name);
}

}  // namespace tally::reference
