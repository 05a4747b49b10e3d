#include "tests/reference/percentage.h"

#include <set>

#include "tests/reference/periods.h"

namespace tally::reference {

namespace {

struct Flow {
  Units certified_in = 0;
  Units all_in = 0;
  Units certified_out = 0;
  Units all_out = 0;
};

bool InScope(const World& world, const Account& account,
             const std::string& site, const std::string& product_id) {
  const Product& product = world.ProductOf(product_id);
  return GroupOf(product) == account.group &&
         product.category == account.category &&
         ScopeOf(world, world.schemes.at(account.claim->scheme), site) ==
             account.scope;
}

// A shipment between two sites of the account neither enters nor leaves it.
bool IsInternal(const View& view, const Account& account,
                const Posting& posting) {
  const World& world = view.world();
  std::string from;
  std::string to;
  const auto shipment = world.shipments.find(posting.shipment);
  if (shipment != world.shipments.end()) {
    from = shipment->second.from_site;
    to = shipment->second.to_site;
  } else if (view.plan() != nullptr && view.plan()->kind == "ship") {
    // The one that is being sent.
    from = view.plan()->Text("from_site");
    to = view.plan()->Text("to_site");
  }
  const std::string& product = posting.holding.product;
  return !posting.shipment.empty() && !to.empty() &&
         InScope(world, account, from, product) &&
         InScope(world, account, to, product);
}

Flow FlowIn(const View& view, const Account& account, const Span& window) {
  const World& world = view.world();
  Flow flow;
  view.Each("", "", [&](const Posting& posting) {
    const Holding& holding = posting.holding;
    if (posting.date < window.first || posting.date > window.last) return;
    if (!InScope(world, account, holding.site, holding.product)) return;
    if (IsInternal(view, account, posting)) return;
    const bool certified = holding.claims.contains(*account.claim);
    switch (posting.cause) {
      case Cause::kOriginate:
      case Cause::kReceive:
      case Cause::kAccept:
      case Cause::kProcessOut:
        flow.all_in += posting.quantity;
        if (certified) flow.certified_in += posting.quantity;
        return;
      case Cause::kShip:
      case Cause::kReturn:
      case Cause::kConsume:
      case Cause::kProcessIn:
        flow.all_out -= posting.quantity;
        if (certified) flow.certified_out -= posting.quantity;
        return;
      case Cause::kDowngrade:
      case Cause::kAdjust:
      case Cause::kBook:
      case Cause::kTransfer:
      case Cause::kExpiry:
      case Cause::kGap:
        return;
    }
  });
  return flow;
}

Rational Ratio(Units part, Units all) {
  if (all <= 0) return Rational(0);
  return Rational(Whole(part * 100), Whole(all));
}

Span WindowOf(const World& world, const Account& account, Date date) {
  const MassBalanceTerms& terms =
      world.schemes.at(account.claim->scheme).mass_balance;
  if (terms.fixed_period) {
    const Period* period = PeriodOf(world, account, date);
    return {period == nullptr ? date : period->from, date};
  }
  const Date month = MakeDate(YearOf(date), MonthOf(date), 1);
  return {AddMonths(month, 1 - terms.window_months), date};
}

void CheckRatio(const World& world, const Account& account, const Span& window,
                const Rational& most, Plan* plan) {
  const Flow flow = FlowIn(View(world, plan), account, window);
  if (Ratio(flow.certified_out, flow.all_out) <= most) return;
  const MassBalanceTerms& terms =
      world.schemes.at(account.claim->scheme).mass_balance;
  if (terms.fixed_period && terms.allow_short && !world.strict) {
    plan->warnings.insert("SHORT_IN_PERIOD");
  } else {
    plan->Refuse("OVER_INPUT_PCT", account.scope);
  }
}

}  // namespace

Rational InputPercentage(const View& view, const Account& account, Date date) {
  const World& world = view.world();
  const MassBalanceTerms& terms =
      world.schemes.at(account.claim->scheme).mass_balance;
  const Span window = WindowOf(world, account, date);
  if (!terms.mean_of_ratios) {
    const Flow flow = FlowIn(view, account, window);
    return Ratio(flow.certified_in, flow.all_in);
  }
  Rational sum;
  int months = 0;
  Date first = window.first;
  while (first <= window.last) {
    const Date last = std::min(EndOfMonth(first), window.last);
    const Flow flow = FlowIn(view, account, {first, last});
    if (flow.all_in > 0) {
      sum = sum + Ratio(flow.certified_in, flow.all_in);
      ++months;
    }
    first = last + 1;
  }
  return months == 0 ? Rational(0) : sum / Rational(months);
}

void CheckPercentage(const World& world, Plan* plan) {
  std::set<Account> counted;
  for (const ClaimedLine& line : plan->claimed_lines) {
    const Profile& profile = world.schemes.at(line.claim.scheme);
    if (line.claim.model != kMassBalance || !profile.mass_balance.percentage) {
      continue;
    }
    const Account account = AccountOf(world, line.holding, line.claim);
    if (!line.share) {
      counted.insert(account);
      continue;
    }
    const Rational most =
        InputPercentage(View(world, plan), account, plan->date);
    if (*line.share > most) {
      plan->Refuse("OVER_INPUT_PCT", most.ToDecimal(2) + " %");
    }
    const auto& threshold = profile.mass_balance.label_threshold_pct;
    if (threshold && *line.share < *threshold) {
      plan->Refuse("BELOW_THRESHOLD", threshold->ToDecimal(2) + " %");
    }
  }
  for (const Account& account : counted) {
    CheckRatio(world, account, WindowOf(world, account, plan->date),
               InputPercentage(View(world, plan), account, plan->date), plan);
  }
}

void CheckPercentageAtClose(const World& world, const Account& account,
                            const Period& period, Plan* plan) {
  const Profile& profile = world.schemes.at(period.account.scheme);
  if (!profile.mass_balance.percentage) return;
  const View view(world);
  const Flow flow = FlowIn(view, account, {period.from, period.to});
  if (Ratio(flow.certified_out, flow.all_out) >
      InputPercentage(view, account, period.to)) {
    plan->Refuse("OVER_INPUT_PCT", account.scope);
  }
}

}  // namespace tally::reference
