// ship: material leaves a site. It is in transit until the receiver accepts
// it; sent to someone outside this ledger, it is consumed at once.

#include <utility>

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

// What a line names, found.
struct Line {
  ProductIndex product;
  Quantity quantity;   // all that leaves
  Quantity certified;  // the part under the claim, without a lot
  ClaimIndex claim;
  ClaimIndex sold_as;
  LotIndex lot;
  Attributes stated;
};

// Fills `line`; refuses what the ledger does not know.
void FindLine(Case& c, const ShipLine& named, const FieldPath& field,
              Line* line) {
  line->product = FindProduct(c, field.Of("product"), named.product);
  line->claim = FindClaim(c, field.Of("claim"), named.claim);
  CheckLotNamed(c, field, line->claim, named.lot);
  line->sold_as =
      named.as_model ? Downgraded(line->claim, *named.as_model) : line->claim;
  if (!named.lot.empty()) {
    line->lot = FindLot(c, field.Of("lot"), named.lot);
  }
}

// Reads the quantities; false where one is refused.
bool ReadLine(Case& c, const ShipLine& named, const FieldPath& field,
              Line* line) {
  const std::optional<Quantity> quantity =
      ReadQuantity(c, field.Of("quantity"), named.quantity, line->product);
  if (!quantity) return false;
  line->quantity = *quantity;
  line->certified = *quantity;
  if (!named.claims_share || line->lot.valid() || !line->claim.valid()) {
    return true;
  }
  // What leaves the claim is rounded up: never in favour of the claim.
  const std::optional<Quantity> certified =
      CertifiedPart(*quantity, *named.claims_share, Rounding::kUp);
  if (!certified) return false;
  line->certified = *certified;
  return true;
}

// Credits are moved by book-and-claim events, never by a shipment.
void RefuseBookAndClaim(Case& c, const Line& line, const FieldPath& field) {
  if (ModelOf(line.claim) != Model::kBookAndClaim &&
      ModelOf(line.sold_as) != Model::kBookAndClaim) {
    return;
  }
  c.verdict.Refuse(RefuseUnder(
      c, SchemeOf(line.claim), Code::kModelUpgrade,
      fmt::format("{}: book-and-claim material does not ship", field)));
}

Movement MovementOf(SiteIndex site, const Line& line, const FieldPath& field) {
  Movement movement;
  movement.direction = Direction::kOut;
  movement.site = site;
  movement.product = line.product;
  movement.quantity = line.certified;
  movement.claim = line.claim;
  movement.sold_as = line.sold_as;
  movement.lot = line.lot;
  movement.field = field;
  movement.needs_certificate = line.sold_as.valid();
  movement.counts_delivered = line.sold_as.valid();
  movement.leaves = true;
  movement.claims_output = line.sold_as.valid();
  return movement;
}

// The origin of the entitlement that a line draws on or is sold as: the one
// it states, else that of its lot.
uint16_t OriginOf(Case& c, const ShipLine& named, const Line& line,
                  const FieldPath& field) {
  if (!MatchesOrigin(c, line.claim) && !MatchesOrigin(c, line.sold_as)) {
    return 0;
  }
  std::string_view country = named.attributes.origin_country;
  if (country.empty() && line.lot.valid()) {
    country = c.state.lots().at(line.lot).attributes.origin_country;
  }
  if (country.empty()) {
    RefuseField(c, Code::kInvalidArgument,
                field.Of("attributes.origin_country"), "",
                "a country, which the scheme matches by");
  }
  return OriginCode(country);
}

// The conventional rest of a line whose claims share is below 100.
void TakeRest(Case& c, const Line& line, Movement* movement) {
  const Quantity rest = *Difference(line.quantity, line.certified);
  if (rest.IsZero()) return;
  const AccountIndex account =
      AccountOf(c, KeyOf(c.state, c.date,
                         {.site = movement->site, .product = line.product}));
  Post(c, account, movement->site, line.product, rest.Negated());
  movement->draws.push_back({account, rest});
}

// Takes one line from its holdings and adds it to the shipment.
void ShipOne(Case& c, const ShipLine& named, const Line& line,
             const FieldPath& field, Shipment* shipment) {
  const size_t place = c.movements.size();
  c.movements.push_back(MovementOf(shipment->from, line, field));
  c.movements[place].origin = OriginOf(c, named, line, field);
  c.movements[place].claims_share = named.claims_share;
  if (named.as_model) {
    CheckDowngrade(c, line.claim, *named.as_model, field.Of("as_model"));
  }
  RefuseBookAndClaim(c, line, field);
  CheckLevelKnown(c, line.claim, field, line.stated);
  CheckStatedAgainstLot(c, c.movements[place], named.claims_share, line.stated);
  Take(c, place);
  PostDowngrade(c, place);
  Movement& movement = c.movements[place];
  if (line.sold_as != line.claim) {
    for (const ShipmentDraw& draw : movement.draws) {
      Post(c, draw.account, shipment->from, line.product,
           draw.quantity.Negated());
    }
  }
  TakeRest(c, line, &movement);
  NoteDrawn(c, movement, shipment->to);
  const bool keeps_lot =
      line.lot.valid() &&
      (line.sold_as == line.claim || IsPhysical(ModelOf(line.sold_as)));
  shipment->lines.push_back(
      {.product = line.product,
       .quantity = line.quantity,
       .claim = line.sold_as,
       .lot = keeps_lot ? line.lot : LotIndex(),
       .claims_share = named.claims_share,
       .attributes = AttributesOf(line.stated),
       .draws = {movement.draws.begin(), movement.draws.end()}});
  Post(c, shipment->to.valid() ? Boundary::kInTransit : Boundary::kConsumed,
       line.product, line.quantity);
}

// The last day to confirm: the earliest that a scheme of the lines sets.
Date LastDayToConfirm(const Case& c, const Shipment& shipment) {
  Date last_day = Date::Max();
  for (const ShipmentLine& line : shipment.lines) {
    if (!line.claim.valid()) continue;
    const Profile& profile = c.ProfileOf(SchemeOf(line.claim));
    if (!profile.confirm_within_days) continue;
    last_day = std::min(last_day, c.date.AddDays(*profile.confirm_within_days));
  }
  return last_day;
}

}  // namespace

void PlanEvent(Case& c, const Ship& ship) {
  Shipment shipment{.shipped_on = c.date, .position = c.position};
  shipment.from = FindSite(c, "ship.from_site", ship.from_site);
  if (ship.to_external.empty()) {
    shipment.to = FindSite(c, "ship.to_site", ship.to_site);
  } else {
    shipment.to_external = ship.to_external;
    shipment.state = ShipmentState::kAccepted;
  }
  std::vector<Line> lines(ship.lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    FindLine(c, ship.lines[i], FieldPath("ship.lines").At(i), &lines[i]);
    // What is said of the shipment is said of each line that says nothing.
    lines[i].stated = ship.lines[i].attributes;
    if (!lines[i].stated.ghg) lines[i].stated.ghg = ship.ghg;
  }
  if (!c.verdict.accepted()) return;
  for (size_t i = 0; i < lines.size(); ++i) {
    const FieldPath field = FieldPath("ship.lines").At(i);
    if (!ReadLine(c, ship.lines[i], field, &lines[i])) return;
  }
  if (c.state.shipments().Find(ship.shipment).valid()) {
    c.verdict.Refuse(Refuse(
        Code::kAlreadyExists,
        fmt::format("there is a shipment \"{}\" already", ship.shipment)));
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    ShipOne(c, ship.lines[i], lines[i], FieldPath("ship.lines").At(i),
            &shipment);
  }
  if (shipment.to.valid()) shipment.last_day = LastDayToConfirm(c, shipment);
  c.plan.new_shipments.push_back(
      {std::string(ship.shipment), std::move(shipment)});
}

}  // namespace tally
