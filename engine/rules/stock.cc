// Events at one site that make nothing and send nothing: downgrade, adjust
// and consume. count_stock.cc has the one that moves nothing.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/rules/bring.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/lot_claims.h"
#include "engine/rules/outgoing.h"
#include "engine/rules/passage.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Finds the stock that an event names and notes that it leaves its holding;
// false where something is refused. `Body` has site, product, quantity, claim
// and lot.
template <typename Body>
bool NoteTaking(Case& c, std::string_view kind, const Body& body) {
  Movement movement;
  movement.direction = Direction::kOut;
  movement.field = kind;
  movement.site = FindSite(c, FieldPath(kind).Of("site"), body.site);
  movement.product =
      FindProduct(c, FieldPath(kind).Of("product"), body.product);
  movement.claim = FindClaim(c, FieldPath(kind).Of("claim"), body.claim);
  CheckLotNamed(c, kind, movement.claim, body.lot);
  movement.sold_as = movement.claim;
  if (!body.lot.empty()) {
    movement.lot = FindLot(c, FieldPath(kind).Of("lot"), body.lot);
  }
  if (!c.verdict.accepted()) return false;
  const std::optional<Quantity> quantity = ReadQuantity(
      c, FieldPath(kind).Of("quantity"), body.quantity, movement.product);
  if (!quantity) return false;
  movement.quantity = *quantity;
  c.movements.push_back(std::move(movement));
  return true;
}

// An adjustment that adds: found stock comes out of what was lost.
void PlanAddition(Case& c, const Adjust& adjust) {
  const SiteIndex site = FindSite(c, "adjust.site", adjust.site);
  const ProductIndex product = FindProduct(c, "adjust.product", adjust.product);
  const ClaimIndex claim = FindClaim(c, "adjust.claim", adjust.claim);
  CheckLotNamed(c, "adjust", claim, adjust.lot);
  LotIndex lot;
  if (!adjust.lot.empty()) lot = FindLot(c, "adjust.lot", adjust.lot);
  if (!c.verdict.accepted()) return;
  const std::optional<Quantity> quantity =
      ReadQuantity(c, "adjust.quantity", adjust.quantity, product);
  if (!quantity) return;
  Movement movement = Incoming(site, product, *quantity, claim);
  movement.lot = lot;
  movement.field = "adjust";
  c.movements.push_back(std::move(movement));
  Post(c, Boundary::kLoss, product, quantity->Negated());
  const AccountKey key = KeyOf(
      c.state, c.date,
      {.site = site, .product = product, .claims = SetOf(claim), .lot = lot});
  Post(c, AccountOf(c, key), site, product, *quantity);
  NoteCorrection(c, site, product, *quantity);
}

// What was lost or miscounted is written off where it is; what was sold left.
bool IsSale(AdjustReason reason) {
  return reason == AdjustReason::kOtherScheme ||
         reason == AdjustReason::kConventionalSale;
}

// The text of a claim is the scheme's own, to the letter.
void CheckStatement(Case& c, const Consume& consume, ClaimIndex claim) {
  if (consume.statement.empty() || !claim.valid()) return;
  const std::string_view text =
      c.ProfileOf(SchemeOf(claim)).ClaimText(ModelOf(claim));
  if (text.empty() || consume.statement == text) return;
  c.verdict.Refuse(
      RefuseUnder(c, SchemeOf(claim), Code::kClaimText,
                  fmt::format("consume.statement: the text for {} is \"{}\"",
                              ModelName(ModelOf(claim)), text)));
}

// An attribute that is claimed by itself: the material has to be there, and
// stays. What is used up is for the rule on attributes to plan.
void PlanClaimAlone(Case& c, const Consume& consume) {
  Movement& movement = c.movements.front();
  const std::vector<std::string>& allowed =
      c.ProfileOf(SchemeOf(movement.claim)).single_use_attributes;
  if (std::find(allowed.begin(), allowed.end(), consume.attribute) ==
      allowed.end()) {
    RefuseField(
        c, Code::kInvalidArgument, "consume.attribute", consume.attribute,
        allowed.empty() ? std::string("left out: the scheme lets no "
                                      "attribute be claimed alone")
                        : fmt::format("one of {}", fmt::join(allowed, ", ")));
    return;
  }
  movement.needs_certificate = true;
  movement.leaves = true;
  CheckStatement(c, consume, movement.claim);
  const AccountIndex account =
      c.state.accounts().Find(KeyOf(c.state, c.date,
                                    {.site = movement.site,
                                     .product = movement.product,
                                     .claims = SetOf(movement.claim),
                                     .lot = movement.lot}));
  const Quantity there = account.valid() ? Available(c, account) : Quantity();
  if (there >= movement.quantity) return;
  c.shortfalls.push_back(
      {.movement = 0, .asked = movement.quantity, .available = there});
}

}  // namespace

void PlanEvent(Case& c, const Downgrade& downgrade) {
  if (!NoteTaking(c, "downgrade", downgrade)) return;
  Movement& movement = c.movements.front();
  movement.sold_as = Downgraded(movement.claim, downgrade.to_model);
  CheckDowngrade(c, movement.claim, downgrade.to_model, "downgrade.to_model");
  if (movement.sold_as == movement.claim) {
    c.verdict.Refuse(RefuseUnder(
        c, SchemeOf(movement.claim), Code::kModelUpgrade,
        fmt::format("downgrade.to_model: {} is the model it has already",
                    ModelName(downgrade.to_model))));
  }
  if (MatchesOrigin(c, movement.sold_as) && movement.lot.valid()) {
    movement.origin =
        OriginCode(c.state.lots().at(movement.lot).attributes.origin_country);
  }
  Take(c, 0);
  PostDowngrade(c, 0);
}

void PlanEvent(Case& c, const Adjust& adjust) {
  if (adjust.add) {
    PlanAddition(c, adjust);
    return;
  }
  if (!NoteTaking(c, "adjust", adjust)) return;
  c.movements.front().leaves = IsSale(adjust.reason);
  Take(c, 0);
  const Movement& movement = c.movements.front();
  Post(c, Boundary::kLoss, movement.product, movement.quantity);
  NoteCorrection(c, movement.site, movement.product,
                 movement.quantity.Negated());
}

void PlanEvent(Case& c, const Consume& consume) {
  if (!NoteTaking(c, "consume", consume)) return;
  if (!consume.attribute.empty()) return PlanClaimAlone(c, consume);
  Movement& movement = c.movements.front();
  movement.needs_certificate = movement.claim.valid();
  movement.counts_delivered = movement.claim.valid();
  movement.leaves = true;
  movement.claims_output = true;
  CheckStatement(c, consume, movement.claim);
  Take(c, 0);
  Post(c, Boundary::kConsumed, movement.product, movement.quantity);
  NoteDrawn(c, movement);
}

}  // namespace tally
