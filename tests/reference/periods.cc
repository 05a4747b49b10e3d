#include "tests/reference/periods.h"

#include <algorithm>

#include "tests/reference/certificates.h"
#include "tests/reference/credits.h"
#include "tests/reference/expiry.h"
#include "tests/reference/percentage.h"

namespace tally::reference {

namespace {

PeriodAccount PeriodAccountOf(const Account& account) {
  return {.scheme = account.claim->scheme,
          .scope = account.scope,
          .group = account.group,
          .category = account.category};
}

// The mass-balance accounts of a period: one, or one for each origin.
std::set<Account> AccountsOf(const View& view, const PeriodAccount& period) {
  std::set<Account> accounts;
  const Claim claim = {period.scheme, std::string(kMassBalance)};
  if (!view.world().schemes.at(period.scheme).HasModel(kMassBalance)) return {};
  view.Each("", "", [&](const Posting& posting) {
    if (!posting.holding.claims.contains(claim)) return;
    const Account account = AccountOf(view.world(), posting.holding, claim);
    if (PeriodAccountOf(account) == period) accounts.insert(account);
  });
  return accounts;
}

// As many whole months, or where the first is none, as many days.
bool AreAsLong(const Period& one, const Period& other) {
  for (int months = 1; months <= 12; ++months) {
    if (AddMonths(one.from, months) == one.to + 1) {
      return AddMonths(other.from, months) == other.to + 1;
    }
  }
  return one.to.days - one.from.days == other.to.days - other.from.days;
}

bool IsExpiry(Cause cause) {
  return cause == Cause::kExpiry || cause == Cause::kGap;
}

// The balance when a day begins, after what expired the day before.
Units OpeningOn(const View& view, const Account& account, Date date) {
  Units balance = 0;
  view.Each("", "", [&](const Posting& posting) {
    const bool before = posting.date < date ||
                        (posting.date == date && IsExpiry(posting.cause));
    if (before && Counts(view.world(), account, posting.holding)) {
      balance += posting.quantity;
    }
  });
  return balance;
}

// What came in under the claim in a period, up to a date.
Units Received(const View& view, const Account& account, const Period& period,
               Date upto) {
  Units received = 0;
  view.Each("", "", [&](const Posting& posting) {
    if (posting.date < period.from || posting.date > upto) return;
    if (!Counts(view.world(), account, posting.holding)) return;
    switch (posting.cause) {
      case Cause::kOriginate:
      case Cause::kReceive:
      case Cause::kAccept:
      case Cause::kProcessOut:
        received += posting.quantity;
        return;
      case Cause::kDowngrade:
      case Cause::kAdjust:
      case Cause::kTransfer:
        received += std::max<Units>(0, posting.quantity);
        return;
      case Cause::kShip:
      case Cause::kReturn:
      case Cause::kProcessIn:
      case Cause::kConsume:
      case Cause::kBook:
      case Cause::kExpiry:
      case Cause::kGap:
        return;
    }
  });
  return received;
}

Units OverdrawLimit(const View& view, const Account& account,
                    const Period& period, Date upto) {
  const Profile& profile = view.world().schemes.at(account.claim->scheme);
  const Rational limit = Rational(Received(view, account, period, upto)) *
                         profile.mass_balance.overdraw_pct / Rational(100);
  return std::max<Units>(0, *limit.Floor().ToUnits());
}

bool InOpenDeficit(const World& world, const Account& account, Date date) {
  const Period* last = nullptr;
  for (const Period& period : world.periods) {
    if (period.account != PeriodAccountOf(account)) continue;
    if (period.state == "OPEN") continue;
    if (last == nullptr || last->to < period.to) last = &period;
  }
  return last != nullptr && last->state == "CLOSED_DEFICIT" &&
         BalanceAt(Daily(View(world), account), date) < 0;
}

int LongestPeriod(const World& world, const Profile& profile,
                  const std::string& scope) {
  int months = profile.mass_balance.period_months;
  for (const auto& [id, site] : world.sites) {
    if (ScopeOf(world, profile, id) != scope) continue;
    for (const auto& [kind, length] :
         profile.mass_balance.period_months_by_site_kind) {
      if (site.kinds.contains(kind)) months = std::max(months, length);
    }
  }
  return months;
}

std::vector<const Period*> PeriodsOf(const World& world,
                                     const PeriodAccount& account) {
  std::vector<const Period*> periods;
  for (const Period& period : world.periods) {
    if (period.account == account) periods.push_back(&period);
  }
  return periods;
}

Date DateField(const Plan& plan, const char* key) {
  return *ParseDate(plan.Text(key));
}

// The last day whose entries end at the close of `period`, if any do.
std::optional<Date> ExpiryCutoff(const World& world, const Period& period) {
  const MassBalanceTerms& terms =
      world.schemes.at(period.account.scheme).mass_balance;
  if (terms.carry_over == "NONE") return period.to;
  if (terms.carry_over != "PERIODS") return std::nullopt;
  const std::vector<const Period*> periods = PeriodsOf(world, period.account);
  const auto found = std::find(periods.begin(), periods.end(), &period);
  const auto index = static_cast<int>(found - periods.begin());
  if (index < terms.carry_count) return std::nullopt;
  return periods[index - terms.carry_count]->to;
}

Units BookStockOf(const View& view, const PeriodAccount& account, Date date) {
  const World& world = view.world();
  const Profile& profile = world.schemes.at(account.scheme);
  Units stock = 0;
  for (const auto& [site, unused] : world.sites) {
    if (ScopeOf(world, profile, site) != account.scope) continue;
    for (const auto& [id, product] : world.products) {
      if (GroupOf(product) != account.group) continue;
      if (product.category != account.category) continue;
      stock += BookStock(view, site, id, date);
    }
  }
  return std::max<Units>(0, stock);
}

// What the close takes off, oldest first.
std::vector<Posting> ClosingExpiry(const World& world, const Period& period,
                                   Units balance, Plan* plan) {
  const View view(world);
  const MassBalanceTerms& terms =
      world.schemes.at(period.account.scheme).mass_balance;
  const std::optional<Date> cutoff = ExpiryCutoff(world, period);
  std::vector<Posting> postings;
  Units expired = 0;
  const auto strip = [&](const Account& account, const Remainder& remainder,
                         Units quantity) {
    for (Posting& posting : StripClaim(account, remainder.holding, quantity,
                                       period.to + 1, Cause::kExpiry)) {
      postings.push_back(posting);
    }
    expired += quantity;
  };
  const Units most = terms.carry_cap_physical
                         ? BookStockOf(view, period.account, period.to)
                         : balance;
  for (const Account& account : AccountsOf(view, period.account)) {
    for (const Remainder& remainder : Remainders(view, account)) {
      if (remainder.entered > period.to) continue;
      if (cutoff && remainder.entered <= *cutoff) {
        strip(account, remainder, remainder.left);
        continue;
      }
      const Units excess = std::min(remainder.left, balance - expired - most);
      if (excess <= 0) continue;
      strip(account, remainder, excess);
      plan->warnings.insert("CARRY_CAP");
    }
  }
  return postings;
}

bool OverdrawExcuses(const World& world, const Period& period,
                     const Account& account, Units closing, Units opening,
                     const Plan& plan) {
  const MassBalanceTerms& terms =
      world.schemes.at(period.account.scheme).mass_balance;
  const bool reason = !terms.overdraw_needs_reason || period.with_reason ||
                      plan.body.contains("overdraw_reason");
  return !world.strict && reason && opening >= 0 &&
         -closing <= OverdrawLimit(View(world), account, period, period.to);
}

void CheckNonClaiming(const World& world, const Period& period, Units closing,
                      Plan* plan) {
  if (closing <= 0) return;
  const Profile& profile = world.schemes.at(period.account.scheme);
  for (const Certificate& certificate : world.certificates) {
    if (!certificate.non_claiming) continue;
    if (certificate.scheme != period.account.scheme) continue;
    for (const auto& [site, unused] : world.sites) {
      if (ScopeOf(world, profile, site) == period.account.scope &&
          Concerns(world, certificate, site)) {
        return plan->Refuse("MUST_REDEEM", certificate.id);
      }
    }
  }
}

void CloseBalance(const World& world, const Period& period, Plan* plan) {
  const View view(world);
  Units balance = 0;
  bool deficit = false;
  for (const Account& account : AccountsOf(view, period.account)) {
    const Units closing = OpeningOn(view, account, period.to + 1);
    const Units opening = OpeningOn(view, account, period.from);
    balance += closing;
    if (closing < 0 &&
        !OverdrawExcuses(world, period, account, closing, opening, *plan)) {
      deficit = true;
    }
    CheckPercentageAtClose(world, account, period, plan);
  }
  if (deficit && !plan->Flag("with_deficit")) {
    plan->Refuse("DEFICIT_AT_CLOSE", period.account.scope);
  }
  if (deficit) plan->warnings.insert("DEFICIT_AT_CLOSE");
  Period closed = period;
  closed.state = deficit ? "CLOSED_DEFICIT" : "CLOSED";
  const PeriodFigures before = FiguresOf(view, period);
  closed.opening = before.opening;
  closed.expired = before.expired;
  for (Posting& posting : ClosingExpiry(world, period, balance, plan)) {
    if (!posting.holding.claims.contains(posting.drawn_as)) {
      closed.expired += posting.quantity;
    }
    posting.position = plan->position;
    plan->postings.push_back(posting);
  }
  closed.closing = balance - (closed.expired - before.expired);
  CheckNonClaiming(world, period, closed.closing, plan);
  plan->Then([closed](World& after) {
    for (Period& candidate : after.periods) {
      if (candidate.account == closed.account &&
          candidate.from == closed.from) {
        candidate = closed;
      }
    }
  });
}

}  // namespace

Overdraw JudgeOverdraw(const World& world, const Account& account,
                       const Series& series, Plan* plan) {
  if (!account.IsMassBalance()) return Overdraw::kNone;
  const MassBalanceTerms& terms =
      world.schemes.at(account.claim->scheme).mass_balance;
  if (!terms.fixed_period) return Overdraw::kNone;
  if (InOpenDeficit(world, account, plan->date)) return Overdraw::kDeficit;
  if (world.strict) return Overdraw::kNone;
  if (terms.allow_short) {
    plan->warnings.insert("SHORT_IN_PERIOD");
    return Overdraw::kAllowed;
  }
  if (terms.overdraw_pct.IsZero()) return Overdraw::kNone;
  const bool reason = plan->body.contains("overdraw_reason");
  if (terms.overdraw_needs_reason && !reason) return Overdraw::kNone;
  const View view(world, plan);
  Series tested = series;
  tested[plan->date] = BalanceAt(series, plan->date);
  for (const auto& [date, balance] : tested) {
    if (date < plan->date || balance >= 0) continue;
    const Period* period = PeriodOf(world, account, date);
    if (period == nullptr ||
        -balance > OverdrawLimit(view, account, *period, date)) {
      return Overdraw::kTooDeep;
    }
  }
  plan->warnings.insert("OVERDRAWN");
  const Period* period = PeriodOf(world, account, plan->date);
  if (reason && period != nullptr) {
    plan->Then([key = period->account, from = period->from](World& after) {
      for (Period& candidate : after.periods) {
        if (candidate.account == key && candidate.from == from) {
          candidate.with_reason = true;
        }
      }
    });
  }
  return Overdraw::kAllowed;
}

void CheckPeriods(const World& world, Plan* plan) {
  for (const Posting& posting : plan->postings) {
    if (!posting.boundary.empty() || posting.cause == Cause::kExpiry ||
        posting.date != plan->date) {
      continue;
    }
    for (const Claim& claim : posting.holding.claims) {
      if (claim.model != kMassBalance ||
          !world.schemes.at(claim.scheme).mass_balance.fixed_period) {
        continue;
      }
      const Account account = AccountOf(world, posting.holding, claim);
      const Period* period = PeriodOf(world, account, plan->date);
      if (period == nullptr) {
        plan->Refuse("NO_PERIOD", account.scope);
      } else if (period->state != "OPEN") {
        plan->Refuse("PERIOD_CLOSED", account.scope);
      }
    }
  }
}

const Period* PeriodOf(const World& world, const Account& account, Date date) {
  for (const Period& period : world.periods) {
    if (period.account == PeriodAccountOf(account) && period.from <= date &&
        date <= period.to) {
      return &period;
    }
  }
  return nullptr;
}

std::optional<PeriodAccount> ReadPeriodAccount(const World& world,
                                               const Json& json,
                                               const std::string& actor) {
  const Profile& profile = world.schemes.at(Text(json, "scheme"));
  PeriodAccount account;
  account.scheme = profile.scheme;
  account.category = "REGULAR";
  if (json.contains("site") == json.contains("scope")) return std::nullopt;
  if (json.contains("product") == json.contains("group")) return std::nullopt;
  account.scope = json.contains("site")
                      ? ScopeOf(world, profile, Text(json, "site"))
                      : profile.mass_balance.scope + ":" + Text(json, "scope");
  for (const auto& [id, site] : world.sites) {
    if (json.contains("scope") && profile.mass_balance.scope == "COUNTRY" &&
        site.country == Text(json, "scope") &&
        (actor.empty() || site.party == actor)) {
      account.scope = ScopeOf(world, profile, id);
    }
  }
  account.group = "group:" + Text(json, "group");
  if (json.contains("product")) {
    const Product& product = world.ProductOf(Text(json, "product"));
    account.group = GroupOf(product);
    account.category = product.category;
  }
  return account;
}

void PlanOpenPeriod(const World& world, Plan* plan) {
  const auto account = ReadPeriodAccount(world, plan->body["account"],
                                         Text(plan->event, "actor"));
  const Profile& profile = world.schemes.at(account->scheme);
  if (!profile.mass_balance.fixed_period && !profile.credits.attach_ratio) {
    plan->Refuse("WRONG_ACCOUNT", account->scheme);
  }
  Period period;
  period.account = *account;
  period.from = DateField(*plan, "from");
  period.to = DateField(*plan, "to");
  const int months = LongestPeriod(world, profile, account->scope);
  if (period.to > AddMonths(period.from, months) - 1) {
    plan->Refuse("PERIOD_TOO_LONG", std::to_string(months) + " months");
  }
  const std::vector<const Period*> before = PeriodsOf(world, *account);
  if (!before.empty() && before.back()->to + 1 != period.from) {
    plan->Refuse("PERIOD_GAP", FormatDate(before.back()->to));
  }
  const auto& notice = profile.mass_balance.period_notice_days;
  if (notice && !before.empty() && !AreAsLong(*before.back(), period) &&
      DateOf(plan->recorded) > period.from - *notice) {
    plan->Refuse("PERIOD_GAP", "another length");
  }
  plan->Then([period](World& after) { after.periods.push_back(period); });
}

void PlanClosePeriod(const World& world, Plan* plan) {
  const auto account = ReadPeriodAccount(world, plan->body["account"],
                                         Text(plan->event, "actor"));
  const Profile& profile = world.schemes.at(account->scheme);
  if (!profile.mass_balance.fixed_period && !profile.credits.attach_ratio) {
    plan->Refuse("WRONG_ACCOUNT", account->scheme);
  }
  const Period* found = nullptr;
  for (const Period* period : PeriodsOf(world, *account)) {
    if (period->from == DateField(*plan, "from") &&
        period->to == DateField(*plan, "to")) {
      found = period;
    }
  }
  if (found == nullptr) return plan->Refuse("NO_PERIOD", account->scope);
  if (found->state != "OPEN") {
    return plan->Refuse("PERIOD_CLOSED", account->scope);
  }
  PlanClose(world, *found, plan);
}

void PlanClose(const World& world, const Period& closing, Plan* plan) {
  for (const Period* period : PeriodsOf(world, closing.account)) {
    if (period->to < closing.from && period->state == "OPEN") {
      plan->Refuse("PERIOD_GAP", FormatDate(period->from));
    }
  }
  CheckAttachRatioAtClose(world, closing, plan);
  CloseBalance(world, closing, plan);
}

PeriodFigures FiguresOf(const View& view, const Period& period) {
  if (period.state != "OPEN") {
    return {period.opening, period.closing, period.expired};
  }
  PeriodFigures figures;
  for (const Account& account : AccountsOf(view, period.account)) {
    figures.opening += OpeningOn(view, account, period.from);
    figures.closing += OpeningOn(view, account, period.to + 1);
    view.Each("", "", [&](const Posting& posting) {
      if (IsExpiry(posting.cause) && posting.date > period.from &&
          posting.date <= period.to + 1 &&
          Counts(view.world(), account, posting.holding)) {
        figures.expired -= posting.quantity;
      }
    });
  }
  return figures;
}

}  // namespace tally::reference
