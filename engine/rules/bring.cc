#include "engine/rules/bring.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/passage.h"
#include "fmt/format.h"

namespace tally {
namespace {

bool IsPlanned(const Case& c, std::string_view lot) {
  return std::any_of(
      c.plan.new_lots.begin(), c.plan.new_lots.end(),
      [lot](const Named<Lot>& planned) { return planned.name == lot; });
}

void BringLot(Case& c, const Arrival& arrival, ClaimSetIndex claims) {
  if (c.state.lots().Find(arrival.lot).valid() || IsPlanned(c, arrival.lot)) {
    c.verdict.Refuse(
        Refuse(Code::kAlreadyExists,
               fmt::format("there is a lot \"{}\" already", arrival.lot)));
    return;
  }
  const LotIndex index = NextLot(c);
  Lot lot{.product = arrival.product,
          .claims = claims,
          .made_at = arrival.site,
          .made_on = c.date,
          .made = arrival.quantity,
          .position = c.position,
          .source = arrival.source,
          .parents = arrival.parents,
          .attributes = arrival.attributes,
          .claims_share = arrival.claims_share,
          .tainted = arrival.tainted};
  for (const std::string_view tag : arrival.tags) lot.tags.emplace_back(tag);
  c.plan.new_lots.push_back({std::string(arrival.lot), std::move(lot)});
  const AccountKey key = KeyOf(c.state, c.date,
                               {.site = arrival.site,
                                .product = arrival.product,
                                .claims = claims,
                                .lot = index});
  Post(c, AccountOf(c, key), arrival.site, arrival.product, arrival.quantity);
  NoteIn(c, {.site = arrival.site,
             .other_site = arrival.from_site,
             .product = arrival.product,
             .quantity = arrival.quantity,
             .claims = MembersAt(c, claims)});
}

// A scheme may want its segregated stock in lots alone.
void CheckMayPool(Case& c, const Arrival& arrival, ClaimSetIndex claims) {
  for (const ClaimIndex claim : arrival.claims) {
    if (claims == kNoClaims || ModelOf(claim) != Model::kSegregated) continue;
    if (c.ProfileOf(SchemeOf(claim)).segregated.lots != LotUse::kRequired) {
      continue;
    }
    RefuseField(c, Code::kInvalidArgument, "lot", "",
                "a lot, which the scheme requires");
  }
}

// The origin under which entitlement is kept that is matched by origin.
uint16_t OriginOf(Case& c, const Arrival& arrival, const Claims& claims) {
  const bool matched =
      std::any_of(claims.begin(), claims.end(),
                  [&c](ClaimIndex claim) { return MatchesOrigin(c, claim); });
  if (!matched) return 0;
  const uint16_t origin = OriginCode(arrival.attributes.origin_country);
  if (origin == 0) {
    RefuseField(c, Code::kInvalidArgument, "attributes.origin_country", "",
                "a country, which the scheme matches by");
  }
  return origin;
}

void BringToPool(Case& c, const Arrival& arrival, ClaimSetIndex claims,
                 Quantity quantity) {
  if (quantity.IsZero()) return;
  CheckMayPool(c, arrival, claims);
  const Claims members = MembersAt(c, claims);
  const AccountKey key = KeyOf(c.state, c.date,
                               {.site = arrival.site,
                                .product = arrival.product,
                                .claims = claims,
                                .origin = OriginOf(c, arrival, members)});
  Post(c, AccountOf(c, key), arrival.site, arrival.product, quantity);
  NoteIn(c, {.site = arrival.site,
             .other_site = arrival.from_site,
             .product = arrival.product,
             .quantity = quantity,
             .claims = members});
}

}  // namespace

void Bring(Case& c, const Arrival& arrival) {
  const ClaimSetIndex claims = SetOf(c, arrival.claims);
  if (!arrival.lot.empty()) {
    BringLot(c, arrival, claims);
    return;
  }
  if (!arrival.claims_share || claims == kNoClaims) {
    BringToPool(c, arrival, claims, arrival.quantity);
    return;
  }
  const std::optional<Quantity> certified =
      CertifiedPart(arrival.quantity, *arrival.claims_share, Rounding::kDown);
  TALLY_CHECK(certified.has_value());  // a share is at most all of it
  BringToPool(c, arrival, claims, *certified);
  BringToPool(c, arrival, kNoClaims, *Difference(arrival.quantity, *certified));
}

std::optional<Quantity> CertifiedPart(Quantity quantity, const Decimal& share,
                                      Rounding rounding) {
  const std::optional<Ratio> percent = Ratio::Of(share);
  if (!percent) return std::nullopt;
  const std::optional<Ratio> part = percent->Over(Ratio(100));
  if (!part) return std::nullopt;
  const std::optional<int64_t> units = Scale(quantity.units(), *part, rounding);
  if (!units) return std::nullopt;
  return Quantity(*units);
}

LotAttributes AttributesOf(const Attributes& attributes) {
  return {.origin_country = std::string(attributes.origin_country),
          .ghg = attributes.ghg,
          .level = std::string(attributes.level),
          .source_status = attributes.source_status};
}

Movement Incoming(SiteIndex site, ProductIndex product, Quantity quantity,
                  ClaimIndex claim) {
  Movement movement;
  movement.direction = Direction::kIn;
  movement.site = site;
  movement.product = product;
  movement.quantity = quantity;
  movement.claim = claim;
  movement.sold_as = claim;
  return movement;
}

}  // namespace tally
