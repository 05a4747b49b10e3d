#include "engine/rules/outgoing.h"

#include "engine/rules/entitlements.h"
#include "engine/rules/holdings.h"
#include "fmt/format.h"

namespace tally {
void CheckDowngrade(Case& c, ClaimIndex claim, Model to,
                    const FieldPath& field) {
  const Model from = ModelOf(claim);
  if (claim.valid() && to != Model::kConventional &&
      !c.ProfileOf(SchemeOf(claim)).Lists(to)) {
    c.verdict.Refuse(RefuseUnder(
        c, SchemeOf(claim), Code::kUnknownModel,
        fmt::format("{}: scheme \"{}\" has no model {}", field,
                    c.state.schemes().NameOf(SchemeOf(claim)), ModelName(to))));
    return;
  }
  const bool allowed = claim.valid()
                           ? c.ProfileOf(SchemeOf(claim)).CanDowngrade(from, to)
                           : to == Model::kConventional;
  if (allowed || !c.verdict.Concerns(Code::kModelUpgrade)) return;
  c.verdict.Refuse(RefuseUnder(
      c, claim.valid() ? SchemeOf(claim) : SchemeIndex(), Code::kModelUpgrade,
      fmt::format("{}: {} is not below {}", field, ModelName(to),
                  ModelName(from))));
}

ClaimIndex Downgraded(ClaimIndex claim, Model to) {
  if (!claim.valid() || to == Model::kConventional) return ClaimIndex();
  return ClaimOf(SchemeOf(claim), to);
}

void PostDowngrade(Case& c, size_t place) {
  Movement& movement = c.movements[place];
  if (movement.sold_as == movement.claim) return;
  const LotIndex lot =
      IsPhysical(ModelOf(movement.sold_as)) ? movement.lot : LotIndex();
  // Stock under several claims leaves under all of them: the less strict
  // claim is the only one that it has from here on.
  const AccountIndex below =
      AccountOf(c, KeyOf(c.state, c.date,
                         {.site = movement.site,
                          .product = movement.product,
                          .claims = SetOf(movement.sold_as),
                          .lot = lot,
                          .origin = movement.origin}));
  for (ShipmentDraw& draw : movement.draws) {
    draw.account = below;
    Post(c, below, movement.site, movement.product, draw.quantity);
  }
}

}  // namespace tally
