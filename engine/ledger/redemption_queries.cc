#include "engine/ledger/redemption_queries.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/status_facts.h"
#include "fmt/format.h"

namespace tally {
namespace {

RedemptionView ViewRedemption(const State& state, const Redemption& in) {
  const Registry& registry = state.registry();
  RedemptionView view{
      .redemption = in.id,
      .holder = std::string(registry.party_names.NameOf(in.holder)),
      .scheme = std::string(state.schemes().NameOf(in.scheme)),
      .product = std::string(registry.product_names.NameOf(in.product)),
      .quantity = AmountOf(state, in.product, in.quantity),
      .beneficiary = in.beneficiary,
      .claim_period = in.claim_period_text,
      .purpose = in.purpose,
      .audit_reference = in.audit_reference,
      .statement = std::string(state.schemes()
                                   .At(in.scheme, in.redeemed_on)
                                   .ClaimText(Model::kBookAndClaim)),
      .redeemed_on = in.redeemed_on,
      .recorded_at = in.recorded_at,
      .position = in.position,
      .withdrawn = !in.withdrawals.empty()};
  for (const Serials& serials : in.serials) {
    view.serials.push_back(
        {.block = std::string(state.credits().NameOf(serials.block)),
         .from = serials.from,
         .to = serials.to});
  }
  if (view.withdrawn) view.withdrawal_reason = in.withdrawals.front().reason;
  return view;
}

bool Is(std::string_view wanted, std::string_view name) {
  return wanted.empty() || wanted == name;
}

bool Matches(const RedemptionView& view,
             const RedemptionListQuestion& question) {
  return Is(question.holder, view.holder) && Is(question.scheme, view.scheme) &&
         Is(question.product, view.product) &&
         Is(question.beneficiary, view.beneficiary) &&
         Is(question.claim_period, view.claim_period) &&
         (question.purpose == Purpose::kUnspecified ||
          question.purpose == view.purpose);
}

absl::StatusOr<Page<RedemptionView>> AskRedemptions(
    const View& view, const RedemptionListQuestion& question) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.page.size));
  int64_t first = 0;
  if (!question.page.after.empty()) {
    ASSIGN_OR_RETURN(first, ReadPageNumber(question.page.after));
  }
  const Redemptions& redemptions = view.state.redemptions();
  Page<RedemptionView> page{.standing = view.standing};
  for (int64_t i = first; i < redemptions.size(); ++i) {
    RedemptionView found =
        ViewRedemption(view.state, redemptions.at(static_cast<int32_t>(i)));
    if (!Matches(found, question)) continue;
    if (page.items.size() == size) {
      page.next = std::to_string(i);
      break;
    }
    page.items.push_back(std::move(found));
  }
  return page;
}

absl::StatusOr<CoverAnswer> AskCover(const View& view,
                                     const CoverQuestion& question) {
  HolderKey key;
  ASSIGN_OR_RETURN(key.party, FindParty(view.state, question.party));
  ASSIGN_OR_RETURN(key.scheme, FindScheme(view.state, question.scheme));
  ASSIGN_OR_RETURN(key.product, FindProduct(view.state, question.product));
  const std::optional<DateRange> period = ParseDateRange(question.claim_period);
  if (!period.has_value()) {
    return WrongField("claim_period", question.claim_period,
                      "a year, a month or a range of dates");
  }
  const CoverFigures figures =
      CoverOf(view.state, key, *period, view.latest_date);
  const Amount one = AmountOf(view.state, key.product, Quantity());
  const auto widen = [&](int128 units) {
    return WideAmount{
        .units = units, .decimals = one.decimals, .unit = one.unit};
  };
  return CoverAnswer{.standing = view.standing,
                     .claimed = widen(figures.claimed),
                     .retired = widen(figures.retired),
                     .uncovered = widen(figures.uncovered())};
}

}  // namespace

absl::StatusOr<RedemptionAnswer> GetRedemption(const Ledger& ledger,
                                               const Uuid& redemption) {
  const Uuid ids[] = {redemption};
  ASSIGN_OR_RETURN(const auto rows, ledger.reader().tables().FindEvents(ids));
  return Ask<RedemptionAnswer>(
      ledger, [&](const View& view) -> absl::StatusOr<RedemptionAnswer> {
        const Redemption* found =
            rows.front().has_value()
                ? view.state.redemptions().Find(rows.front()->position)
                : nullptr;
        if (found == nullptr) {
          return NotThere("redemption", "redemption", redemption.ToString());
        }
        return RedemptionAnswer{
            .standing = view.standing,
            .redemption = ViewRedemption(view.state, *found)};
      });
}

absl::StatusOr<Page<RedemptionView>> ListRedemptions(
    const Ledger& ledger, const RedemptionListQuestion& question) {
  return Ask<Page<RedemptionView>>(
      ledger, [&](const View& view) { return AskRedemptions(view, question); });
}

absl::StatusOr<CoverAnswer> GetCover(const Ledger& ledger,
                                     const CoverQuestion& question) {
  return Ask<CoverAnswer>(
      ledger, [&](const View& view) { return AskCover(view, question); });
}

}  // namespace tally
