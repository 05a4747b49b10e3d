// transfer_entitlement: mass-balance credit moves between sites where the
// profile lets it (R39, R01). The material stays: what loses its claim at one
// site is conventional there, and conventional material at the other gains it.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/profile/profile.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

struct Transfer {
  SchemeIndex scheme;
  SiteIndex from;
  SiteIndex to;
  ProductIndex product;
  ProductIndex to_product;
  Quantity quantity;
};

// How a product is made: by which process, of what, with which factors.
using Recipe = std::tuple<std::string_view, std::string_view, Ratio, Ratio>;

std::vector<Recipe> RecipesOf(const Profile& profile, std::string_view product,
                              Date date) {
  std::vector<Recipe> recipes;
  for (const Conversion& conversion : profile.conversions) {
    if (!conversion.dates.Contains(date)) continue;
    const ConversionOutput* output = conversion.FindOutput(product);
    if (output == nullptr) continue;
    recipes.emplace_back(conversion.process, conversion.input, output->factor,
                         output->uses);
  }
  std::sort(recipes.begin(), recipes.end());
  return recipes;
}

// Two products that the scheme makes in different ways are not the same.
bool MadeAlike(const Case& c, const Transfer& transfer) {
  const Profile& profile = c.ProfileOf(transfer.scheme);
  const auto recipes = [&](ProductIndex product) {
    return RecipesOf(profile, c.state.registry().product_names.NameOf(product),
                     c.date);
  };
  const std::vector<Recipe> one = recipes(transfer.product);
  const std::vector<Recipe> other = recipes(transfer.to_product);
  return one.empty() || other.empty() || one == other;
}

void CheckGroup(Case& c, const Transfer& transfer) {
  if (transfer.product == transfer.to_product) return;
  const Product& from = c.state.registry().at(transfer.product);
  const Product& to = c.state.registry().at(transfer.to_product);
  std::string_view why;
  if (from.category != to.category) {
    why = "is of another category";
  } else if (from.group_pool != to.group_pool) {
    why = "is not in the product's group";
  } else if (!MadeAlike(c, transfer)) {
    why = "is made with other factors";
  }
  if (why.empty() || !c.verdict.Concerns(Code::kGroupMismatch)) return;
  c.verdict.Refuse(RefuseUnder(
      c, transfer.scheme, Code::kGroupMismatch,
      fmt::format("transfer_entitlement.to_product: \"{}\" {}",
                  c.state.registry().product_names.NameOf(transfer.to_product),
                  why)));
}

void CheckAllowed(Case& c, const Transfer& transfer) {
  const Profile& profile = c.ProfileOf(transfer.scheme);
  if (profile.Lists(Model::kMassBalance) &&
      profile.mass_balance.entitlement_transfer_allowed) {
    return;
  }
  c.verdict.Refuse(RefuseUnder(
      c, transfer.scheme, Code::kWrongAccount,
      fmt::format("transfer_entitlement.scheme: \"{}\" keeps entitlement "
                  "with the account that received it",
                  profile.scheme)));
}

bool Find(Case& c, const TransferEntitlement& named, Transfer* transfer) {
  transfer->scheme = FindScheme(c, "transfer_entitlement.scheme", named.scheme);
  transfer->from =
      FindSite(c, "transfer_entitlement.from_site", named.from_site);
  transfer->to = FindSite(c, "transfer_entitlement.to_site", named.to_site);
  transfer->product =
      FindProduct(c, "transfer_entitlement.product", named.product);
  transfer->to_product = transfer->product;
  if (!named.to_product.empty()) {
    transfer->to_product =
        FindProduct(c, "transfer_entitlement.to_product", named.to_product);
  }
  if (!c.verdict.accepted()) return false;
  const std::optional<Quantity> quantity = ReadQuantity(
      c, "transfer_entitlement.quantity", named.quantity, transfer->product);
  if (!quantity) return false;
  transfer->quantity = *quantity;
  return true;
}

void PostAt(Case& c, SiteIndex site, ProductIndex product, ClaimIndex claim,
            Quantity delta) {
  const AccountKey key =
      KeyOf(c.state, c.date,
            {.site = site, .product = product, .claims = SetOf(claim)});
  Post(c, AccountOf(c, key), site, product, delta);
}

}  // namespace

void PlanEvent(Case& c, const TransferEntitlement& named) {
  Transfer transfer;
  if (!Find(c, named, &transfer)) return;
  CheckAllowed(c, transfer);
  CheckGroup(c, transfer);
  const ClaimIndex claim = ClaimOf(transfer.scheme, Model::kMassBalance);
  Movement movement;
  movement.direction = Direction::kOut;
  movement.site = transfer.from;
  movement.product = transfer.product;
  movement.quantity = transfer.quantity;
  movement.claim = claim;
  movement.sold_as = claim;
  movement.field = "transfer_entitlement";
  c.movements.push_back(std::move(movement));
  Take(c, 0);
  PostAt(c, transfer.from, transfer.product, {}, transfer.quantity);
  PostAt(c, transfer.to, transfer.to_product, claim, transfer.quantity);
  PostAt(c, transfer.to, transfer.to_product, {}, transfer.quantity.Negated());
}

}  // namespace tally
