// redeem_credits: credits are retired for a beneficiary, for good.

#include <string>
#include <utility>

#include "engine/model/limits.h"
#include "engine/rules/credit_lookup.h"
#include "engine/rules/credit_postings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "engine/rules/serials.h"
#include "engine/rules/unbundled_parts.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kKind = "redeem_credits";

// False where something is unknown or malformed.
bool FindRedemption(Case& c, const RedeemCredits& named, HolderKey* holder,
                    DateRange* claim_period) {
  holder->party = FindParty(c, "redeem_credits.holder", named.holder);
  holder->scheme = FindCreditScheme(c, kKind, named.scheme);
  holder->product = FindProduct(c, "redeem_credits.product", named.product);
  if (named.quantity && holder->product.valid()) {
    ReadCredits(c, kKind, *named.quantity, holder->scheme, holder->product);
  }
  if (!c.verdict.accepted()) return false;
  const std::optional<DateRange> period =
      ReadPeriod(c, "redeem_credits.claim_period", named.claim_period);
  if (!period) return false;
  *claim_period = *period;
  return true;
}

void CheckPurpose(Case& c, SchemeIndex scheme, Purpose purpose) {
  if (!TermsOf(c, scheme).Forfeits(purpose)) return;
  c.verdict.Refuse(RefuseUnder(
      c, scheme, Code::kClaimForfeit,
      fmt::format("redeem_credits.purpose: volume booked under this scheme "
                  "gives up claims for {}",
                  Name(purpose))));
}

void CheckPeriodOver(Case& c, SchemeIndex scheme, const DateRange& period) {
  if (!TermsOf(c, scheme).claim_period_ended || period.last < c.date) return;
  c.verdict.Refuse(RefuseUnder(
      c, scheme, Code::kFutureClaim,
      fmt::format("redeem_credits.claim_period: ends on {}, and has to be "
                  "over before credits are retired for it",
                  period.last.ToString())));
}

// What an event retires, all of it and of vintages before a year. Wide.
struct Retired {
  int128 all = 0;
  int128 older = 0;
};

void RefuseVintages(Case& c, const HolderKey& holder, int year,
                    const Retired& retired) {
  const Product& product = c.state.registry().at(holder.product);
  const std::string percent =
      TermsOf(c, holder.scheme).prior_vintage_pct.ToString(2);
  Refusal refusal = RefuseUnder(
      c, holder.scheme, Code::kVintageCap,
      fmt::format("redeem_credits: of all retired for the claim period, at "
                  "most {} % may be of vintages before {}; with this event {} "
                  "of {} would be",
                  percent, year, FormatUnits(retired.older, product.decimals),
                  FormatUnits(retired.all, product.decimals)));
  refusal.figures = {
      {"older", FormatUnits(retired.older, product.decimals), product.unit},
      {"retired", FormatUnits(retired.all, product.decimals), product.unit},
      {"allowed", percent, "%"}};
  c.verdict.Refuse(std::move(refusal));
}

// Of all the holder retired for the period, with this event.
void CheckVintages(Case& c, const HolderKey& holder, const DateRange& period,
                   const DrawnCredits& drawn) {
  const Ratio percent = TermsOf(c, holder.scheme).prior_vintage_pct;
  if (percent >= Ratio(100)) return;
  const int year = period.last.year();
  const Covers& covers = c.state.covers();
  Retired retired{.all = covers.RetiredFor(holder, period, INT32_MAX),
                  .older = covers.RetiredFor(holder, period, year - 1)};
  retired.all += drawn.asked.units();
  for (const Piece& piece : drawn.pieces) {
    const Block& block = c.state.credits().at(piece.serials.block);
    if (block.vintage.last.year() >= year) continue;
    retired.older += QuantityOf(c, piece.serials).units();
  }
  if (retired.older * 100 * percent.denominator() <=
      retired.all * percent.numerator()) {
    return;
  }
  if (!c.verdict.Concerns(Code::kVintageCap)) return;
  RefuseVintages(c, holder, year, retired);
}

// Of all products, in the calendar year of the event.
void CheckAudit(Case& c, const HolderKey& holder, Quantity asked,
                std::string_view audit_reference) {
  const auto& limit = TermsOf(c, holder.scheme).audit_reference_above;
  if (!limit || !audit_reference.empty()) return;
  const Product& product = c.state.registry().at(holder.product);
  const RedeemedKey key{holder.party, holder.scheme, c.date.year()};
  const int128 redeemed = c.state.redemptions().RedeemedIn(key) +
                          Millionths(asked, product.decimals);
  const Decimal& above = limit->quantity;
  if (redeemed <= Millionths(Quantity(above.mantissa), above.scale)) return;
  Refusal refusal = RefuseUnder(
      c, holder.scheme, Code::kAuditDue,
      fmt::format("redeem_credits.audit_reference: needed, with this event "
                  "more than {} are redeemed in {}",
                  above.ToString(), c.date.year()));
  AddFigure(c, holder.product, "asked", asked, &refusal);
  refusal.figures.push_back(
      {"redeemed", FormatUnits(redeemed, kDecimalsMax), product.unit});
  refusal.figures.push_back({"limit", above.ToString(), product.unit});
  c.verdict.Refuse(std::move(refusal));
}

Redemption RedemptionOf(const Case& c, const RedeemCredits& named,
                        const HolderKey& holder, const DateRange& period,
                        const DrawnCredits& drawn) {
  Redemption redemption{
      .id = c.event.id,
      .position = c.position,
      .recorded_at = c.recorded_at,
      .holder = holder.party,
      .scheme = holder.scheme,
      .product = holder.product,
      .quantity = drawn.asked,
      .decimals = c.state.registry().at(holder.product).decimals,
      .beneficiary = std::string(named.beneficiary),
      .claim_period = period,
      .claim_period_text = std::string(named.claim_period),
      .purpose = named.purpose,
      .audit_reference = std::string(named.audit_reference),
      .redeemed_on = c.date};
  for (const Piece& piece : drawn.pieces) {
    redemption.serials.push_back(piece.serials);
  }
  return redemption;
}

void Retire(Case& c, const HolderKey& holder, const DateRange& period,
            const Piece& piece) {
  MovePiece(c, piece,
            {.holder = holder.party,
             .state = SerialState::kRetired,
             .since = c.date,
             .redemption = c.position});
  const Block& block = c.state.credits().at(piece.serials.block);
  c.plan.cover_changes.push_back({.key = holder,
                                  .period = period,
                                  .side = CoverSide::kRetired,
                                  .vintage_year = block.vintage.last.year(),
                                  .date = c.date,
                                  .delta = QuantityOf(c, piece.serials)});
}

}  // namespace

void PlanEvent(Case& c, const RedeemCredits& redeem) {
  HolderKey holder;
  DateRange period;
  if (!FindRedemption(c, redeem, &holder, &period)) return;
  const CreditUse use{
      .kind = kKind, .holder = holder, .claim_year = period.last.year()};
  const std::optional<DrawnCredits> drawn =
      Draw(c, use, redeem.quantity, redeem.serials);
  if (!drawn) return;
  CheckPeriodOver(c, holder.scheme, period);
  CheckPurpose(c, holder.scheme, redeem.purpose);
  CheckVintages(c, holder, period, *drawn);
  CheckWhole(c, kKind, *drawn);
  CheckRetirementOrder(c, kKind, *drawn);
  CheckAudit(c, holder, drawn->asked, redeem.audit_reference);
  for (const Piece& piece : drawn->pieces) Retire(c, holder, period, piece);
  c.plan.new_redemptions.push_back(
      RedemptionOf(c, redeem, holder, period, *drawn));
}

}  // namespace tally
