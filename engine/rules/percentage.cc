#include "engine/rules/percentage.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/rules/column.h"
#include "engine/rules/passage.h"
#include "fmt/format.h"

namespace tally {
namespace {

DateRange WindowOf(const State& state, const FlowKey& key, Date date) {
  const MassBalanceTerms& terms =
      state.schemes().At(key.scheme, date).mass_balance;
  if (!terms.IsFixedPeriod()) {
    return {date.MonthStart().AddMonths(1 - terms.window_months), date};
  }
  const Period* period = state.periods().At(
      {.scope = key.scope, .pool = key.pool, .scheme = key.scheme}, date);
  return {period == nullptr ? date : period->days.first, date};
}

void AddPending(const FlowKey& key, std::span<const FlowChange> pending,
                InputPercentage* percentage) {
  for (const FlowChange& change : pending) {
    if (change.key != key || !percentage->window.Contains(change.date)) {
      continue;
    }
    const Date month = change.date.MonthStart();
    std::vector<MonthFlow>& months = percentage->months;
    auto place = std::find_if(
        months.begin(), months.end(),
        [month](const MonthFlow& flow) { return flow.month >= month; });
    if (place == months.end() || place->month != month) {
      place = months.insert(place, MonthFlow{.month = month});
    }
    place->sums.Add(change.sums);
  }
}

// One in the list for each account that the case's lines claim against.
class Percentages {
 public:
  explicit Percentages(const Case& c) : case_(c) {}

  struct Entry {
    FlowKey key;
    InputPercentage percentage;
    bool counted = false;
    const Movement* movement = nullptr;
  };

  Entry& Of(const FlowKey& key, const Movement& movement) {
    const auto known =
        std::find_if(entries_.begin(), entries_.end(),
                     [&key](const Entry& entry) { return entry.key == key; });
    if (known != entries_.end()) return *known;
    return entries_.emplace_back(Entry{
        .key = key,
        .percentage =
            PercentageOn(case_.state, key, case_.date, case_.plan.flow_changes),
        .movement = &movement});
  }

  const std::vector<Entry>& entries() const { return entries_; }

 private:
  const Case& case_;
  std::vector<Entry> entries_;
};

constexpr int kShownDecimals = 9;

// What a line says of itself: no more than the percentage, and no less than
// a label needs.
void CheckStatedShare(Case& c, const Movement& movement,
                      const InputPercentage& percentage) {
  const SchemeIndex scheme = SchemeOf(movement.sold_as);
  const Decimal& share = *movement.claims_share;
  const int128 whole = int128{100} * PowerOfTen(share.scale);
  if (percentage.share.CompareTo(share.mantissa, whole) < 0 &&
      c.verdict.Concerns(Code::kOverInputPct)) {
    const std::string most = percentage.share.ToPercent(kShownDecimals);
    Refusal refusal = RefuseUnder(
        c, scheme, Code::kOverInputPct,
        fmt::format("{}.claims_share: states {} %, the input from {} to {} "
                    "carries {} %; a share up to that passes",
                    movement.field, share.ToString(),
                    percentage.window.first.ToString(),
                    percentage.window.last.ToString(), most));
    refusal.figures.push_back({"stated", share.ToString(), "%"});
    refusal.figures.push_back({"percentage", most, "%"});
    c.verdict.Refuse(std::move(refusal));
  }
  const std::optional<Ratio>& least =
      c.ProfileOf(scheme).mass_balance.label_threshold_pct;
  const std::optional<Ratio> stated = Ratio::Of(share);
  if (!least || !stated || *stated >= *least ||
      !c.verdict.Concerns(Code::kBelowThreshold)) {
    return;
  }
  Refusal refusal = RefuseUnder(
      c, scheme, Code::kBelowThreshold,
      fmt::format("{}.claims_share: states {} %, a label needs {} %",
                  movement.field, share.ToString(), least->ToString(2)));
  refusal.figures.push_back({"stated", share.ToString(), "%"});
  refusal.figures.push_back({"threshold", least->ToString(2), "%"});
  c.verdict.Refuse(std::move(refusal));
}

bool IsOver(const InputPercentage& percentage) {
  if (percentage.sums.all_out <= 0) {
    return percentage.share.CompareTo(0, 1) < 0;
  }
  return percentage.share.CompareTo(percentage.sums.certified_out,
                                    percentage.sums.all_out) < 0;
}

void WarnOnce(Case& c, Warning warning) {
  auto& warnings = c.plan.decision.warnings;
  if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) {
    warnings.push_back(warning);
  }
}

Refusal OverInput(const Case& c, SchemeIndex scheme, ProductIndex index,
                  const FieldPath& field, const InputPercentage& percentage,
                  std::string_view remedy) {
  const Product& product = c.state.registry().at(index);
  const std::string certified =
      FormatUnits(percentage.sums.certified_out, product.decimals);
  const std::string all =
      FormatUnits(percentage.sums.all_out, product.decimals);
  const std::string most = percentage.share.ToPercent(kShownDecimals);
  Refusal refusal = RefuseUnder(
      c, scheme, Code::kOverInputPct,
      fmt::format("{}: {} of {} leave under the claim from {} to {}, the "
                  "input carries {} %; {}",
                  field, certified, all, percentage.window.first.ToString(),
                  percentage.window.last.ToString(), most, remedy));
  refusal.figures.push_back({"claimed_out", certified, product.unit});
  refusal.figures.push_back({"all_out", all, product.unit});
  refusal.figures.push_back({"percentage", most, "%"});
  return refusal;
}

// What lines without a share take, with all that left before.
void CheckCounted(Case& c, const Percentages::Entry& entry) {
  const InputPercentage& percentage = entry.percentage;
  if (!IsOver(percentage)) return;
  const MassBalanceTerms& terms = c.ProfileOf(entry.key.scheme).mass_balance;
  if (terms.IsFixedPeriod() && terms.allow_short_within_period && !c.strict) {
    WarnOnce(c, Warning::kShortInPeriod);
    return;
  }
  if (!c.verdict.Concerns(Code::kOverInputPct)) return;
  c.verdict.Refuse(OverInput(c, entry.key.scheme, entry.movement->product,
                             entry.movement->field, percentage,
                             "it passes with less under the claim or with "
                             "more conventional material beside it"));
}

}  // namespace

bool UsesPercentage(const Profile& profile) {
  return profile.Lists(Model::kMassBalance) &&
         profile.mass_balance.method == MassBalanceMethod::kPercentage;
}

InputPercentage PercentageOn(const State& state, const FlowKey& key, Date date,
                             std::span<const FlowChange> pending) {
  const Profile& profile = state.schemes().At(key.scheme, date);
  InputPercentage percentage{.window = WindowOf(state, key, date)};
  percentage.months = state.flows().Months(key, percentage.window);
  AddPending(key, pending, &percentage);
  const bool mean =
      profile.mass_balance.average == PercentageAverage::kMeanOfRatios;
  for (const MonthFlow& flow : percentage.months) {
    percentage.sums.Add(flow.sums);
    if (mean && flow.sums.all_in > 0) {
      percentage.share.Add(flow.sums.certified_in, flow.sums.all_in);
    }
  }
  if (!mean && percentage.sums.all_in > 0) {
    percentage.share.Add(percentage.sums.certified_in, percentage.sums.all_in);
  }
  return percentage;
}

void CheckPercentageAtClose(Case& c, const PeriodKey& key, Date to) {
  const Profile& profile = c.state.schemes().At(key.scheme, to);
  if (!UsesPercentage(profile)) return;
  const InputPercentage percentage =
      PercentageOn(c.state, {key.scheme, key.scope, key.pool}, to);
  if (!IsOver(percentage) || !c.verdict.Concerns(Code::kOverInputPct)) return;
  const ProductIndex product = c.state.registry().at(key.pool).first_product;
  c.verdict.Refuse(OverInput(c, key.scheme, product, "close_period", percentage,
                             "more conventional material has to leave, or "
                             "more certified material to come in"));
}

void CheckPercentages(Case& c) {
  if (c.state.schemes().WithPercentage().empty()) return;
  Percentages percentages(c);
  for (const Movement& movement : c.movements) {
    if (!movement.claims_output ||
        ModelOf(movement.sold_as) != Model::kMassBalance) {
      continue;
    }
    const SchemeIndex scheme = SchemeOf(movement.sold_as);
    if (!UsesPercentage(c.ProfileOf(scheme))) continue;
    Percentages::Entry& entry = percentages.Of(
        FlowKeyOf(c.state, scheme, movement.site, movement.product, c.date),
        movement);
    if (movement.claims_share) {
      CheckStatedShare(c, movement, entry.percentage);
    } else {
      entry.counted = true;
    }
  }
  for (const Percentages::Entry& entry : percentages.entries()) {
    if (entry.counted) CheckCounted(c, entry);
  }
}

}  // namespace tally
