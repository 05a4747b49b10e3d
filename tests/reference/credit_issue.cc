// issue_credits: certified volume becomes a block of serials.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/reference/certificates.h"
#include "tests/reference/credit_use.h"
#include "tests/reference/planners.h"
#include "tests/reference/serials.h"
#include "tests/reference/stock.h"

namespace tally::reference {

namespace {

// Draws the lot named, or the pools in the order in which they are booked.
std::vector<std::string> DrawForIssue(const World& world, Plan* plan) {
  Take take{.site = plan->Text("site"),
            .product = plan->Text("product"),
            .claim = Claim{plan->Text("scheme"), ""},
            .lot = plan->Text("lot"),
            .quantity = ReadQuantity(world, plan->body),
            .cause = Cause::kBook};
  Units left = take.quantity;
  std::vector<std::string_view> models = {kBookAndClaim, kMassBalance,
                                          kControlledBlending, kSegregated};
  if (!take.lot.empty()) models.push_back(kIdentityPreserved);
  CheckFree(world, take.site, take.product, take.lot, plan);
  const Profile& profile = world.schemes.at(take.claim->scheme);
  std::erase_if(models, [&](std::string_view model) {
    return !profile.HasModel(model) ||
           (!take.lot.empty() && model == kMassBalance);
  });
  for (const std::string_view model : models) {
    take.claim->model = model;
    const Holding holding{.site = take.site,
                          .product = take.product,
                          .claims = {*take.claim},
                          .lot = take.lot};
    const Account account = AccountOf(world, holding, take.claim);
    const Units there =
        std::max<Units>(0, LowestFrom(Daily(View(world), account), plan->date));
    take.quantity = std::min(left, there);
    left -= take.quantity;
    if (take.quantity > 0) Draw(world, take, plan);
  }
  if (left > 0) plan->Refuse("DOUBLE_ISSUE", take.site + " " + take.product);
  return take.lot.empty() ? std::vector<std::string>()
                          : std::vector<std::string>{take.lot};
}

void CheckIssuable(const World& world, const Profile& profile,
                   const Block& block, Plan* plan) {
  const CreditTerms& terms = profile.credits;
  const Site& site = world.sites.at(block.site);
  const bool may_issue =
      terms.issuer_site_kinds.empty() ||
      std::any_of(site.kinds.begin(), site.kinds.end(),
                  [&](const std::string& kind) {
                    return terms.issuer_site_kinds.contains(kind);
                  });
  if (!may_issue) plan->Refuse("ROLE", block.site);
  if (world.FindBlock(block.id) != nullptr) plan->Refuse("SERIAL", block.id);
  for (const Block& other : world.blocks) {
    if (!block.evidence.empty() && other.evidence == block.evidence) {
      plan->Refuse("DOUBLE_ISSUE", block.evidence);
    }
  }
  if (terms.issue_window_months) {
    const Date month =
        MakeDate(YearOf(block.vintage.last), MonthOf(block.vintage.last), 1);
    if (plan->date > EndOfMonth(AddMonths(month, *terms.issue_window_months))) {
      plan->Refuse("ISSUE_WINDOW", FormatDate(block.vintage.last));
    }
  }
}

}  // namespace

void PlanIssueCredits(const World& world, Plan* plan) {
  const Profile& profile = world.schemes.at(plan->Text("scheme"));
  Block block;
  block.id = plan->Text("block");
  block.scheme = profile.scheme;
  block.product = plan->Text("product");
  block.vintage = plan->Span("vintage");
  block.site = plan->Text("site");
  block.issuer = world.sites.at(block.site).party;
  block.evidence = plan->Text("evidence");
  block.position = plan->position;
  const Units quantity = ReadQuantity(world, plan->body);
  const Rational value =
      Rational::FromUnits(quantity, world.ProductOf(block.product).decimals);
  const auto serials = (value / profile.credits.unit).Floor().ToUnits();
  block.serials =
      static_cast<int64_t>(std::min(serials.value_or(kUnitsMax), kUnitsMax));
  CheckUnit(world, profile, plan);
  CheckIssuable(world, profile, block, plan);
  CheckCertified(world,
                 {.direction = Direction::kOut,
                  .claim = {profile.scheme, std::string(kBookAndClaim)},
                  .site = block.site,
                  .product = block.product,
                  .quantity = quantity},
                 plan);
  block.lots = DrawForIssue(world, plan);
  plan->Post({.site = block.site, .product = block.product}, quantity,
             Cause::kBook);
  plan->PostBoundary("BOOKED", block.site, block.product, -quantity,
                     Cause::kBook);
  plan->PostBoundary("CREDIT:" + block.issuer, "", block.product, quantity,
                     Cause::kBook);
  const SerialRange range{block.id, 1, block.serials};
  plan->serials = WriteRanges({range});
  WarnOfExpiry(world, block, plan);
  plan->Then([block, range, date = plan->date](World& after) {
    after.blocks.push_back(block);
    after.moves.push_back(
        {block.position, date, range, block.issuer, "ISSUED", ""});
  });
}

}  // namespace tally::reference
