// ship, accept, reject and recall: material between two holdings.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "tests/reference/blending.h"
#include "tests/reference/certificates.h"
#include "tests/reference/percentage.h"
#include "tests/reference/planners.h"
#include "tests/reference/recognition.h"
#include "tests/reference/stock.h"
#include "tests/reference/traits.h"

namespace tally::reference {

namespace {

// One line of a shipment as it is sold.
struct Line {
  Take take;
  std::optional<Claim> sold;  // the claim after `as_model`; none: conventional
  Units certified = 0;
  Units conventional = 0;
  Traits stated;
};

Line ReadLine(const World& world, const Json& json, Plan* plan) {
  Line line;
  Take& take = line.take;
  take.site = plan->Text("from_site");
  take.product = Text(json, "product");
  take.claim = ReadClaim(json);
  take.lot = Text(json, "lot");
  take.quantity = ReadQuantity(world, json);
  take.shipment = plan->Text("shipment");
  line.stated = ReadTraits(json);
  line.stated.share = ReadShare(json);
  if (!line.stated.ghg && plan->body.contains("ghg")) {
    line.stated.ghg = Rational::Parse(plan->Text("ghg"));
  }
  ClaimSet named;
  if (take.claim) named.insert(*take.claim);
  if (json.contains("as_model") && take.claim) {
    const std::string model = Text(json, "as_model");
    named.insert({take.claim->scheme, model});
  }
  Traits origin = line.stated;
  if (!origin.origin_country && !take.lot.empty()) {
    origin.origin_country = world.lots.at(take.lot).traits.origin_country;
  }
  take.origin = OriginFor(world, named, origin, plan);
  line.sold = take.claim;
  const std::string as_model = Text(json, "as_model");
  if (take.claim && !as_model.empty()) line.sold->model = as_model;
  // What is sold of a pool at a share takes its certified part from the claim,
  // rounded against it.
  line.certified = take.claim ? take.quantity : 0;
  if (take.claim && take.lot.empty() && line.stated.share) {
    const Rational part =
        Rational(take.quantity) * *line.stated.share / Rational(100);
    line.certified = *part.Ceiling().ToUnits();
  }
  line.conventional = take.quantity - line.certified;
  return line;
}

void CheckLine(const World& world, const Line& line, Plan* plan) {
  const Take& take = line.take;
  const Profile* profile =
      take.claim ? &world.schemes.at(take.claim->scheme) : nullptr;
  if (!take.lot.empty()) {
    CheckStated(line.stated, Inherit({world.lots.at(take.lot).traits}, profile),
                profile, plan);
  }
  if (!take.claim) return;
  if (take.claim->model == kBookAndClaim) {
    plan->Refuse("MODEL_UPGRADE", "book-and-claim material does not ship");
  }
  if (line.sold->model != take.claim->model &&
      !CanDowngrade(*profile, take.claim->model, line.sold->model)) {
    plan->Refuse("MODEL_UPGRADE", "as_model " + line.sold->model);
  }
  CheckCertified(world,
                 {.direction = Direction::kOut,
                  .claim = *line.sold,
                  .site = take.site,
                  .product = take.product,
                  .quantity = line.certified,
                  .shipment = take.shipment},
                 plan);
}

// Posts what leaves under a claim, through the downgrade where there is one.
Parcel SendCertified(const World& world, Line line, Plan* plan) {
  Take take = line.take;
  take.quantity = line.certified;
  Parcel parcel;
  parcel.quantity = line.certified;
  parcel.share = line.stated.share;
  parcel.stated = line.stated;
  parcel.holding = {.site = take.site,
                    .product = take.product,
                    .claims = {*line.sold},
                    .lot = take.lot,
                    .origin = take.origin};
  if (line.sold->model == take.claim->model) {
    parcel.drawn = Draw(world, take, plan);
    return parcel;
  }
  take.cause = Cause::kDowngrade;
  Draw(world, take, plan);
  if (line.sold->model == kMassBalance) parcel.holding.lot.clear();
  plan->Post(parcel.holding, parcel.quantity, Cause::kDowngrade);
  plan->Post(parcel.holding, -parcel.quantity, Cause::kShip, *line.sold,
             take.shipment);
  parcel.drawn = {{parcel.holding, parcel.quantity}};
  return parcel;
}

Parcel SendConventional(const World& world, const Line& line, Plan* plan) {
  Take take = line.take;
  if (take.claim) take.lot.clear();
  take.claim.reset();
  take.origin.clear();
  take.quantity = line.conventional;
  Parcel parcel;
  parcel.quantity = take.quantity;
  parcel.stated = line.stated;
  parcel.drawn = Draw(world, take, plan);
  parcel.holding = {
      .site = take.site, .product = take.product, .lot = take.lot};
  return parcel;
}

// The last day to confirm: of the schemes shipped, the shortest.
std::optional<Date> LastDay(const World& world, const Shipment& shipment) {
  std::optional<Date> last;
  for (const Parcel& parcel : shipment.parcels) {
    for (const Claim& claim : parcel.holding.claims) {
      const auto days = world.schemes.at(claim.scheme).confirm_within_days;
      if (!days) continue;
      const Date end = shipment.date + *days;
      if (!last || end < *last) last = end;
    }
  }
  return last;
}

// Whether the ledger has passed the last day, by the event or by its clock.
bool HasLapsed(const World& world, const Shipment& shipment, const Plan& plan) {
  if (shipment.state == "LAPSED") return true;
  if (shipment.state != "IN_TRANSIT" || !shipment.last_day) return false;
  const Date today = std::max({plan.date, DateOf(plan.recorded), world.latest});
  return today > *shipment.last_day;
}

// Everything back to where it came from.
void PostReturn(const Shipment& shipment, Date date, Plan* plan) {
  const size_t first = plan->postings.size();
  for (const Parcel& parcel : shipment.parcels) {
    plan->PostBoundary("IN_TRANSIT", shipment.from_site, parcel.holding.product,
                       -parcel.quantity, Cause::kReturn);
    for (const Piece& piece : parcel.drawn) {
      plan->Post(piece.holding, piece.quantity, Cause::kReturn, {},
                 shipment.id);
    }
  }
  for (size_t i = first; i < plan->postings.size(); ++i) {
    plan->postings[i].date = date;
  }
}

void SettleReturn(const std::string& id, const std::string& state, Plan* plan) {
  plan->Then([id, state](World& world) {
    world.shipments.at(id).state = state;
    for (CapDraw& draw : world.cap_draws) {
      if (draw.shipment == id) draw.given_back = true;
    }
  });
}

// What stands against touching a shipment that should be in transit.
void CheckInTransit(const World& world, const Shipment& shipment, Plan* plan) {
  if (plan->date < shipment.date) plan->Refuse("TIME_ORDER", shipment.id);
  if (HasLapsed(world, shipment, *plan)) {
    plan->Refuse("NOT_CONFIRMED", shipment.id);
  } else if (shipment.state != "IN_TRANSIT") {
    plan->Refuse("SHIPMENT_STATE", shipment.state);
  }
  for (const EventRecord& record : world.events) {
    if (record.position == shipment.position && record.voided) {
      plan->Refuse("UPSTREAM_VOID", shipment.id);
    }
  }
}

// How much of each parcel is accepted: what the lines say of a product fills
// its parcels in the order shipped.
std::vector<Units> Accepted(const World& world, const Shipment& shipment,
                            Plan* plan) {
  std::vector<Units> accepted;
  if (plan->body.value("lines", Json::array()).empty()) {
    for (const Parcel& parcel : shipment.parcels) {
      accepted.push_back(parcel.quantity);
    }
    return accepted;
  }
  std::map<std::string, Units> left;
  for (const Json& line : plan->body["lines"]) {
    left[Text(line, "product")] += ReadQuantity(world, line);
  }
  for (const Parcel& parcel : shipment.parcels) {
    Units& wanted = left[parcel.holding.product];
    accepted.push_back(std::min(wanted, parcel.quantity));
    wanted -= accepted.back();
  }
  for (const auto& [product, more] : left) {
    if (more > 0) plan->Refuse("SHIPMENT_QUANTITY", product);
  }
  return accepted;
}

// The holding in which a parcel arrives.
Holding Arrival(const World& world, const Shipment& shipment,
                const Parcel& parcel, Plan* plan) {
  Holding holding = parcel.holding;
  holding.site = shipment.to_site;
  const std::string as_scheme = plan->Text("as_scheme");
  if (as_scheme.empty() || holding.claims.empty()) return holding;
  std::string level;
  const Claim& claim = *holding.claims.begin();
  if (claim.scheme == as_scheme) return holding;
  if (!holding.lot.empty()) {
    level = world.lots.at(holding.lot).traits.level.value_or("");
  }
  if (level.empty()) {
    level =
        CertifiedLevel(world, claim.scheme, shipment.from_site, shipment.date);
  }
  const auto recognised = Recognise(world, world.schemes.at(as_scheme), claim,
                                    holding.product, level, plan->date);
  if (!recognised) {
    plan->Refuse("NOT_RECOGNISED", claim.scheme);
    return holding;
  }
  holding.claims = {*recognised};
  if (recognised->model == kMassBalance) holding.lot.clear();
  return holding;
}

// What is booked under the claim: of a share without a lot its certified part,
// rounded against the claim.
Units CertifiedOf(const Parcel& parcel, const Holding& arrival,
                  Units accepted) {
  if (arrival.claims.empty() || !arrival.lot.empty() || !parcel.share) {
    return accepted;
  }
  const Rational part = Rational(accepted) * *parcel.share / Rational(100);
  return *part.Floor().ToUnits();
}

// What a part of a new lot carries: what its own lot does, unless the sender
// stated it worse.
Traits TraitsOf(const World& world, const Parcel& parcel) {
  if (parcel.holding.lot.empty()) return parcel.stated;
  const Traits& its = world.lots.at(parcel.holding.lot).traits;
  Traits traits = Merge(parcel.stated, its);
  if (parcel.stated.origin_country) {
    traits.origin_country = parcel.stated.origin_country;
  }
  return traits;
}

// A new lot of everything that arrives, the shipped lots its parents.
void MakeArrivalLot(const World& world, const Shipment& shipment,
                    const std::vector<Holding>& arrivals,
                    const std::vector<Units>& accepted, Plan* plan) {
  Lot lot;
  lot.id = plan->Text("lot");
  lot.quantity = 0;
  lot.site = shipment.to_site;
  lot.date = plan->date;
  lot.position = plan->position;
  std::vector<const Lot*> parents;
  std::vector<Traits> traits;
  for (size_t i = 0; i < arrivals.size(); ++i) {
    if (accepted[i] == 0) continue;
    if (traits.empty()) {
      lot.product = arrivals[i].product;
      lot.claims = arrivals[i].claims;
    }
    if (arrivals[i].product != lot.product ||
        arrivals[i].claims != lot.claims) {
      plan->Refuse("INVALID_ARGUMENT", "lot of several products or claims");
      return;
    }
    lot.quantity += accepted[i];
    const std::string& parent = shipment.parcels[i].holding.lot;
    const int decimals = world.ProductOf(lot.product).decimals;
    lot.inputs.push_back({parent, shipment.from_site,
                          Rational::FromUnits(accepted[i], decimals)});
    if (!parent.empty()) parents.push_back(&world.lots.at(parent));
    traits.push_back(TraitsOf(world, shipment.parcels[i]));
  }
  CheckLotForm(world, lot.claims, true, plan);
  const Profile* profile = lot.claims.empty()
                               ? nullptr
                               : &world.schemes.at(lot.claims.begin()->scheme);
  lot.traits = Inherit(traits, profile);
  CheckSources(world, lot.claims, parents, plan);
  plan->Then([lot](World& after) { after.lots[lot.id] = lot; });
}

}  // namespace

void PlanShip(const World& world, Plan* plan) {
  Shipment shipment;
  shipment.id = plan->Text("shipment");
  shipment.from_site = plan->Text("from_site");
  shipment.to_site = plan->Text("to_site");
  shipment.date = plan->date;
  shipment.position = plan->position;
  const bool external = shipment.to_site.empty();
  shipment.state = external ? "ACCEPTED" : "IN_TRANSIT";
  for (const Json& json : plan->body["lines"]) {
    const Line line = ReadLine(world, json, plan);
    CheckLine(world, line, plan);
    Parcel parcel;
    if (line.take.claim) {
      parcel = SendCertified(world, line, plan);
      plan->claimed_lines.push_back(
          {parcel.holding, *line.sold, line.stated.share});
      if (line.conventional > 0) {
        const Parcel rest = SendConventional(world, line, plan);
        parcel.quantity += rest.quantity;
        parcel.drawn.insert(parcel.drawn.end(), rest.drawn.begin(),
                            rest.drawn.end());
      }
    } else {
      parcel = SendConventional(world, line, plan);
    }
    plan->PostBoundary(external ? "CONSUMED" : "IN_TRANSIT", shipment.from_site,
                       parcel.holding.product, parcel.quantity, Cause::kShip);
    shipment.parcels.push_back(parcel);
  }
  if (!external) shipment.last_day = LastDay(world, shipment);
  CheckPercentage(world, plan);
  plan->Then(
      [shipment](World& after) { after.shipments[shipment.id] = shipment; });
}

void PlanAccept(const World& world, Plan* plan) {
  const Shipment& shipment = world.shipments.at(plan->Text("shipment"));
  CheckInTransit(world, shipment, plan);
  if (world.held_shipments.contains(shipment.id)) {
    plan->Refuse("HELD", shipment.id);
  }
  if (shipment.to_site.empty()) return;  // refused: it left the ledger
  const std::vector<Units> accepted = Accepted(world, shipment, plan);
  std::vector<Holding> arrivals;
  bool claimed = false;
  for (size_t i = 0; i < accepted.size(); ++i) {
    const Parcel& parcel = shipment.parcels[i];
    Holding arrival = Arrival(world, shipment, parcel, plan);
    arrivals.push_back(arrival);
    claimed = claimed || !parcel.holding.claims.empty();
    if (plan->body.contains("lot")) arrival.lot = plan->Text("lot");
    const Units certified = CertifiedOf(parcel, arrival, accepted[i]);
    for (const Claim& claim : arrival.claims) {
      if (accepted[i] == 0) continue;
      CheckCertified(world,
                     {.direction = Direction::kIn,
                      .claim = claim,
                      .site = arrival.site,
                      .product = arrival.product,
                      .quantity = accepted[i],
                      .capped = false},
                     plan);
    }
    plan->PostBoundary("IN_TRANSIT", shipment.from_site, arrival.product,
                       -parcel.quantity, Cause::kAccept);
    plan->PostBoundary("LOSS", shipment.from_site, arrival.product,
                       parcel.quantity - accepted[i], Cause::kAccept);
    plan->Post(arrival, certified, Cause::kAccept, {}, shipment.id);
    plan->Post({.site = arrival.site, .product = arrival.product},
               accepted[i] - certified, Cause::kAccept, {}, shipment.id);
  }
  if (!claimed && plan->body.contains("as_scheme")) {
    plan->Refuse("NOT_RECOGNISED", "nothing claimed was shipped");
  }
  if (plan->body.contains("lot")) {
    MakeArrivalLot(world, shipment, arrivals, accepted, plan);
  }
  bool whole = true;
  for (size_t i = 0; i < accepted.size(); ++i) {
    whole = whole && accepted[i] == shipment.parcels[i].quantity;
  }
  plan->Then([id = shipment.id, whole, accepted](World& after) {
    Shipment& ended = after.shipments.at(id);
    ended.state = whole ? "ACCEPTED" : "PARTLY_ACCEPTED";
    for (size_t i = 0; i < accepted.size(); ++i) {
      ended.parcels[i].accepted = accepted[i];
    }
  });
}

void PlanReturn(const World& world, Plan* plan) {
  const Shipment& shipment = world.shipments.at(plan->Text("shipment"));
  CheckInTransit(world, shipment, plan);
  if (world.held_shipments.contains(shipment.id)) {
    plan->Refuse("HELD", shipment.id);
  }
  PostReturn(shipment, plan->date, plan);
  SettleReturn(shipment.id, plan->kind == "recall" ? "RECALLED" : "REJECTED",
               plan);
}

void PlanLapses(const World& world, Plan* plan) {
  for (const auto& [id, shipment] : world.shipments) {
    if (shipment.state != "IN_TRANSIT") continue;
    if (!HasLapsed(world, shipment, *plan)) continue;
    PostReturn(shipment, *shipment.last_day + 1, plan);
    SettleReturn(id, "LAPSED", plan);
  }
}

}  // namespace tally::reference
