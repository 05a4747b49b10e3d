// receive: material enters from a supplier who is not on this ledger.

#include "engine/rules/bring.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/lot_claims.h"
#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case& c, const Receive& receive) {
  const SiteIndex site = FindSite(c, "receive.site", receive.site);
  const ProductIndex product =
      FindProduct(c, "receive.product", receive.product);
  Claims claims = {FindClaim(c, "receive.claim", receive.claim)};
  for (const ClaimName& also : receive.also) {
    claims.push_back(FindClaim(c, "receive.also", also));
  }
  for (const ClaimIndex claim : claims) {
    CheckLotNamed(c, "receive", claim, receive.lot);
  }
  if (!c.verdict.accepted()) return;
  const std::optional<Quantity> quantity =
      ReadQuantity(c, "receive.quantity", receive.quantity, product);
  if (!quantity) return;
  CheckLevelKnown(c, claims.front(), "receive", receive.attributes);

  for (const ClaimIndex claim : claims) {
    if (!claim.valid()) continue;
    Movement movement = Incoming(site, product, *quantity, claim);
    movement.field = "receive";
    movement.needs_certificate = true;
    c.movements.push_back(std::move(movement));
  }
  Post(c, Boundary::kOrigin, product, quantity->Negated());
  Bring(c, {.site = site,
            .product = product,
            .quantity = *quantity,
            .claims = claims,
            .lot = receive.lot,
            .claims_share = receive.claims_share,
            .source = std::string(receive.supplier),
            .attributes = AttributesOf(receive.attributes)});
}

}  // namespace tally
