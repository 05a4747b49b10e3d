// Bringing material to a holding: into a pool, or as a new lot.

#ifndef TALLY_ENGINE_RULES_BRING_H_
#define TALLY_ENGINE_RULES_BRING_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/decimal.h"
#include "engine/model/event.h"
#include "engine/rules/case.h"
#include "engine/state/lots.h"

namespace tally {

// What arrives, and as what.
struct Arrival {
  SiteIndex site;
  SiteIndex from_site;  // where it was shipped from, on this ledger
  ProductIndex product;
  Quantity quantity;
  Claims claims;         // not valid() ones count for nothing
  std::string_view lot;  // made under this name; empty: into the pool
  // Without a lot the certified part alone is booked under the claims,
  // rounded down; a lot keeps its share.
  std::optional<Decimal> claims_share;
  std::string source;
  std::vector<Parent> parents;
  LotAttributes attributes;
  std::span<const std::string_view> tags;
  bool tainted = false;
};

// Plans the holding's side of the postings; the caller posts the other side.
// Refuses ALREADY_EXISTS for a lot's name that is taken.
void Bring(Case& c, const Arrival& arrival);

// The certified part of a quantity under a claims share in per cent.
std::optional<Quantity> CertifiedPart(Quantity quantity, const Decimal& share,
                                      Rounding rounding);

LotAttributes AttributesOf(const Attributes& attributes);

// A movement that brings certified quantity in, for the rules to look at.
Movement Incoming(SiteIndex site, ProductIndex product, Quantity quantity,
                  ClaimIndex claim);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_BRING_H_
