// originate: certified material enters at its source.

#include "engine/rules/bring.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/lot_claims.h"
#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case& c, const Originate& originate) {
  const SiteIndex site = FindSite(c, "originate.site", originate.site);
  const ProductIndex product =
      FindProduct(c, "originate.product", originate.product);
  Claims claims = {FindClaim(c, "originate.claim", originate.claim)};
  for (const ClaimName& also : originate.also) {
    claims.push_back(FindClaim(c, "originate.also", also));
  }
  if (!originate.certificate.empty()) {
    FindCertificate(c, "originate.certificate", originate.certificate);
  }
  for (const ClaimIndex claim : claims) {
    CheckLotNamed(c, "originate", claim, originate.lot);
  }
  if (!c.verdict.accepted()) return;
  const std::optional<Quantity> quantity =
      ReadQuantity(c, "originate.quantity", originate.quantity, product);
  if (!quantity) return;
  CheckLevelKnown(c, claims.front(), "originate", originate.attributes);

  for (const ClaimIndex claim : claims) {
    Movement movement = Incoming(site, product, *quantity, claim);
    movement.field = "originate";
    movement.needs_certificate = true;
    movement.counts_originated = true;
    c.movements.push_back(std::move(movement));
  }
  Post(c, Boundary::kOrigin, product, quantity->Negated());
  Bring(c, {.site = site,
            .product = product,
            .quantity = *quantity,
            .claims = claims,
            .lot = originate.lot,
            .source = std::string(originate.site),
            .attributes = AttributesOf(originate.attributes),
            .tags = originate.tags});
}

}  // namespace tally
