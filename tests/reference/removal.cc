// downgrade, adjust, consume, count_stock and transfer_entitlement.

#include <algorithm>
#include <string>

#include "tests/reference/certificates.h"
#include "tests/reference/percentage.h"
#include "tests/reference/planners.h"
#include "tests/reference/recognition.h"
#include "tests/reference/shortfall.h"
#include "tests/reference/stock.h"

namespace tally::reference {

namespace {

Take ReadTake(const World& world, Cause cause, const Plan& plan) {
  return {.site = plan.Text("site"),
          .product = plan.Text("product"),
          .claim = ReadClaim(plan.body),
          .lot = plan.Text("lot"),
          .quantity = ReadQuantity(world, plan.body),
          .cause = cause};
}

// How a product is made under a scheme on a day, for comparing two products.
std::set<std::string> Recipes(const Profile& profile,
                              const std::string& product, Date date) {
  std::set<std::string> recipes;
  for (const Conversion& conversion : profile.conversions) {
    const ConversionOutput* output = conversion.Find(product);
    if (output == nullptr || date < conversion.from || date > conversion.to) {
      continue;
    }
    recipes.insert(conversion.process + " " + conversion.input + " " +
                   output->factor.ToDecimal(12) + " " +
                   output->uses.ToDecimal(12));
  }
  return recipes;
}

}  // namespace

void PlanDowngrade(const World& world, Plan* plan) {
  const Take take = ReadTake(world, Cause::kDowngrade, *plan);
  const Profile& profile = world.schemes.at(take.claim->scheme);
  const std::string to_model = plan->Text("to_model");
  if (!CanDowngrade(profile, take.claim->model, to_model)) {
    plan->Refuse("MODEL_UPGRADE", "to_model " + to_model);
  }
  Draw(world, take, plan);
  // Refused; what is put back must not hide that it was not there.
  if (to_model == take.claim->model) return;
  Holding holding{.site = take.site, .product = take.product, .lot = take.lot};
  const bool conventional = to_model == kConventional;
  if (!conventional) holding.claims = {{take.claim->scheme, to_model}};
  if (to_model == kMassBalance && profile.origin_match && !take.lot.empty()) {
    holding.origin = world.lots.at(take.lot).traits.origin_country.value_or("");
  }
  if (conventional || to_model == kMassBalance) holding.lot.clear();
  plan->Post(holding, take.quantity, Cause::kDowngrade);
}

void PlanAdjust(const World& world, Plan* plan) {
  const Take take = ReadTake(world, Cause::kAdjust, *plan);
  const bool add = plan->Flag("add");
  plan->PostBoundary("LOSS", take.site, take.product,
                     add ? -take.quantity : take.quantity, Cause::kAdjust);
  if (!add) {
    Draw(world, take, plan);
    return;
  }
  CheckLotName(world, take, plan);
  Holding holding{.site = take.site, .product = take.product, .lot = take.lot};
  if (take.claim) holding.claims = {*take.claim};
  plan->Post(holding, take.quantity, Cause::kAdjust);
}

// What an attribute is claimed of has to be there, and stays.
void CheckThere(const World& world, const Take& take, Plan* plan) {
  CheckLotName(world, take, plan);
  const Account account = AccountOf(world,
                                    {.site = take.site,
                                     .product = take.product,
                                     .claims = {*take.claim},
                                     .lot = take.lot},
                                    *take.claim);
  Series series = Daily(View(world), account);
  const Units there = LowestFrom(series, plan->date);
  if (there >= take.quantity) return;
  series[plan->date] = BalanceAt(series, plan->date);
  for (auto& [date, balance] : series) {
    if (date >= plan->date) balance -= take.quantity;
  }
  JudgeShortfall(world, account, series, plan);
}

void PlanConsume(const World& world, Plan* plan) {
  const Take take = ReadTake(world, Cause::kConsume, *plan);
  CheckCertified(world,
                 {.direction = Direction::kOut,
                  .claim = *take.claim,
                  .site = take.site,
                  .product = take.product,
                  .quantity = take.quantity,
                  .capped = !plan->body.contains("attribute")},
                 plan);
  const Profile& profile = world.schemes.at(take.claim->scheme);
  const auto text = profile.claim_texts.find(take.claim->model);
  if (plan->body.contains("statement") && text != profile.claim_texts.end() &&
      plan->Text("statement") != text->second) {
    plan->Refuse("CLAIM_TEXT", take.claim->model);
  }
  if (plan->body.contains("attribute")) {
    CheckFree(world, take.site, take.product, take.lot, plan);
    return CheckThere(world, take, plan);
  }
  Draw(world, take, plan);
  plan->PostBoundary("CONSUMED", take.site, take.product, take.quantity,
                     Cause::kConsume);
  plan->claimed_lines.push_back({{.site = take.site,
                                  .product = take.product,
                                  .claims = {*take.claim},
                                  .lot = take.lot},
                                 *take.claim,
                                 std::nullopt});
  CheckPercentage(world, plan);
}

void PlanCountStock(const World& world, Plan* plan) {
  const std::string site = plan->Text("site");
  const std::string product = plan->Text("product");
  const Units counted =
      ReadUnits(world, plan->Text("physical_quantity"), product);
  const View view(world, plan);
  const Units book = BookStock(view, site, product, plan->date);
  // By account: an entitlement is where its scope is.
  std::map<Account, Units> stock;
  view.Each("", "", [&](const Posting& posting) {
    if (posting.date > plan->date) return;
    for (const Claim& claim : posting.holding.claims) {
      Holding there = posting.holding;
      // Stock under several claims is its site's alone.
      if (claim.model == kMassBalance && posting.holding.claims.size() == 1) {
        there.site = site;
        there.product = product;
      }
      const Account account = AccountOf(world, posting.holding, claim);
      if (there.site != site || there.product != product) continue;
      if (AccountOf(world, there, claim) != account) continue;
      stock[account] += posting.quantity;
    }
  });
  std::optional<Rational> tolerance;
  for (const auto& [account, quantity] : stock) {
    if (quantity <= 0) continue;
    const Rational& its =
        world.schemes.at(account.claim->scheme).stock_tolerance_pct;
    if (!tolerance || its < *tolerance) tolerance = its;
  }
  if (!tolerance) return;
  const Units off = counted > book ? counted - book : book - counted;
  if (Rational(off) * Rational(100) > Rational(book) * *tolerance) {
    plan->Refuse("STOCK_VARIANCE", UnitsToString(off) + " units");
  }
}

void PlanTransferEntitlement(const World& world, Plan* plan) {
  const Profile& profile = world.schemes.at(plan->Text("scheme"));
  const Claim claim = {profile.scheme, std::string(kMassBalance)};
  const std::string product = plan->Text("product");
  const std::string to_product = plan->Text("to_product", product);
  if (!profile.mass_balance.transfer_allowed) {
    plan->Refuse("WRONG_ACCOUNT", "entitlement_transfer");
  }
  const Product& from = world.ProductOf(product);
  const Product& to = world.ProductOf(to_product);
  const std::set<std::string> made = Recipes(profile, product, plan->date);
  const std::set<std::string> makes = Recipes(profile, to_product, plan->date);
  if (GroupOf(from) != GroupOf(to) || from.category != to.category ||
      (!made.empty() && !makes.empty() && made != makes &&
       product != to_product)) {
    plan->Refuse("GROUP_MISMATCH", to_product);
  }
  const Take take{.site = plan->Text("from_site"),
                  .product = product,
                  .claim = claim,
                  .quantity = ReadQuantity(world, plan->body),
                  .cause = Cause::kTransfer};
  Draw(world, take, plan);
  // The entitlement moves, the material does not.
  plan->Post({.site = take.site, .product = product}, take.quantity,
             Cause::kTransfer);
  const std::string to_site = plan->Text("to_site");
  plan->Post({.site = to_site, .product = to_product, .claims = {claim}},
             take.quantity, Cause::kTransfer);
  plan->Post({.site = to_site, .product = to_product}, -take.quantity,
             Cause::kTransfer);
}

}  // namespace tally::reference
