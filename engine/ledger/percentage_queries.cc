#include "engine/ledger/percentage_queries.h"

#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/find_names.h"
#include "engine/rules/holdings.h"
#include "engine/rules/passage.h"
#include "engine/rules/percentage.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr int kPercentDecimals = 9;

absl::StatusOr<PercentageAnswer> AskPercentage(
    const View& view, const PercentageQuestion& question) {
  const State& state = view.state;
  ASSIGN_OR_RETURN(const SiteIndex site, FindSite(state, question.site));
  ASSIGN_OR_RETURN(const ProductIndex product,
                   FindProduct(state, question.product));
  ASSIGN_OR_RETURN(const SchemeIndex scheme,
                   FindScheme(state, question.scheme));
  const Date date = question.as_at.value_or(view.latest_date);
  const Profile& profile = state.schemes().At(scheme, date);
  if (!UsesPercentage(profile)) {
    return absl::FailedPreconditionError(fmt::format(
        "scheme \"{}\" does not use the percentage method", question.scheme));
  }
  const InputPercentage percentage =
      PercentageOn(state, FlowKeyOf(state, scheme, site, product, date), date);
  const Product& known = state.registry().at(product);
  const AccountKey account =
      KeyOf(state, date,
            {.site = site,
             .product = product,
             .claims = SetOf(ClaimOf(scheme, Model::kMassBalance))});
  PercentageAnswer answer{.standing = view.standing};
  answer.percentage = {
      .account = NameAccount(state, account),
      .as_at = date,
      .window = percentage.window,
      .percentage = percentage.share.ToPercent(kPercentDecimals),
      .average = profile.mass_balance.average,
      .unit = known.unit};
  for (const MonthFlow& flow : percentage.months) {
    answer.percentage.months.push_back(
        {.month = flow.month,
         .certified = FormatUnits(flow.sums.certified_in, known.decimals),
         .total = FormatUnits(flow.sums.all_in, known.decimals)});
  }
  return answer;
}

}  // namespace

absl::StatusOr<PercentageAnswer> GetPercentage(
    const Ledger& ledger, const PercentageQuestion& question) {
  return Ask<PercentageAnswer>(
      ledger, [&](const View& view) { return AskPercentage(view, question); });
}

}  // namespace tally
