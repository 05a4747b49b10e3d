// accept: a shipment arrives, whole or short. What is missing is the sender's
// loss.

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/rules/blend.h"
#include "engine/rules/bring.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/passage.h"
#include "engine/rules/planners.h"
#include "engine/rules/recognition_rules.h"
#include "engine/rules/transit.h"
#include "fmt/format.h"

namespace tally {
namespace {

// How much of each line of the shipment is accepted: each named quantity
// fills the lines of its product in their order. False where one is refused.
bool FillLines(Case& c, const Accept& accept, const Shipment& shipment,
               std::vector<Quantity>* accepted) {
  for (size_t i = 0; i < accept.lines.size(); ++i) {
    const FieldPath field = FieldPath("accept.lines").At(i);
    const ProductIndex product =
        FindProduct(c, field.Of("product"), accept.lines[i].product);
    if (!product.valid()) return false;
    const std::optional<Quantity> quantity = ReadQuantity(
        c, field.Of("quantity"), accept.lines[i].quantity, product);
    if (!quantity) return false;
    Quantity rest = *quantity;
    for (size_t j = 0; j < shipment.lines.size(); ++j) {
      if (shipment.lines[j].product != product) continue;
      const Quantity room =
          *Difference(shipment.lines[j].quantity, (*accepted)[j]);
      const Quantity filled = std::min(rest, room);
      (*accepted)[j] = *Sum((*accepted)[j], filled);
      rest = *Difference(rest, filled);
    }
    if (rest.IsZero()) continue;
    Refusal refusal = Refuse(Code::kShipmentQuantity,
                             fmt::format("{}: {} more than was shipped", field,
                                         Show(c, product, rest)));
    AddFigure(c, product, "asked", *quantity, &refusal);
    AddFigure(c, product, "excess", rest, &refusal);
    c.verdict.Refuse(std::move(refusal));
  }
  return true;
}

// What arrives of a line, under the claim that it was sold under: stock that
// lay under several was sold once.
struct Part {
  size_t line = 0;
  ClaimIndex claim;
  Quantity quantity;
};

void NoteIncoming(Case& c, SiteIndex to, const ShipmentLine& line,
                  const Part& part) {
  if (!part.claim.valid()) return;
  Movement movement = Incoming(to, line.product, part.quantity, part.claim);
  movement.field = FieldPath("accept.lines").At(part.line);
  movement.needs_certificate = true;
  c.movements.push_back(std::move(movement));
}

// What the line stated, and the origin of the lot that it was shipped as.
LotAttributes AttributesOf(const Case& c, const ShipmentLine& line) {
  LotAttributes attributes = line.attributes;
  if (attributes.origin_country.empty() && line.lot.valid()) {
    attributes.origin_country =
        c.state.lots().at(line.lot).attributes.origin_country;
  }
  return attributes;
}

// Brings a part to the receiver under the lot it was shipped as, if any.
void BringPart(Case& c, const Shipment& shipment, const Part& part) {
  const ShipmentLine& line = shipment.lines[part.line];
  const SiteIndex to = shipment.to;
  if (!line.lot.valid() ||
      (part.claim.valid() && !IsPhysical(ModelOf(part.claim)))) {
    Bring(c, {.site = to,
              .from_site = shipment.from,
              .product = line.product,
              .quantity = part.quantity,
              .claims = {part.claim},
              .claims_share = line.claims_share,
              .attributes = AttributesOf(c, line)});
    return;
  }
  const AccountKey key = KeyOf(c.state, c.date,
                               {.site = to,
                                .product = line.product,
                                .claims = SetOf(part.claim),
                                .lot = line.lot});
  Post(c, AccountOf(c, key), to, line.product, part.quantity);
  NoteIn(c, {.site = to,
             .other_site = shipment.from,
             .product = line.product,
             .quantity = part.quantity,
             .claims = {part.claim}});
}

// Everything that arrives becomes one new lot, its parents the shipped lots.
void BringAsLot(Case& c, const Accept& accept, const Shipment& shipment,
                const std::vector<Part>& parts) {
  const ClaimIndex under = parts.empty() ? ClaimIndex() : parts.front().claim;
  Blend blend(c.state, under.valid() ? &c.ProfileOf(SchemeOf(under)) : nullptr);
  Quantity total;
  for (const Part& part : parts) {
    const ShipmentLine& line = shipment.lines[part.line];
    const Part& first = parts.front();
    if (line.product != shipment.lines[first.line].product ||
        part.claim != first.claim) {
      RefuseField(c, Code::kInvalidArgument, "accept.lot", accept.lot,
                  "for a shipment of one product under one claim");
      return;
    }
    blend.Add(
        {.lot = line.lot, .product = line.product, .quantity = part.quantity},
        line.attributes, line.claims_share);
    total = *Sum(total, part.quantity);
  }
  if (parts.empty()) return;
  if (ModelOf(under) == Model::kMassBalance) {
    RefuseField(c, Code::kInvalidArgument, "accept.lot", accept.lot,
                "left out: mass balance is not in lots");
    return;
  }
  Arrival arrival = blend.Make(shipment.from);
  arrival.site = shipment.to;
  arrival.from_site = shipment.from;
  arrival.product = shipment.lines[parts.front().line].product;
  arrival.quantity = total;
  arrival.claims = {parts.front().claim};
  arrival.lot = accept.lot;
  Bring(c, arrival);
}

// There has to be a claim that a recognition could speak of.
void CheckAnyClaimed(Case& c, const Accept& accept, const Shipment& shipment) {
  const bool any =
      std::any_of(shipment.lines.begin(), shipment.lines.end(),
                  [](const ShipmentLine& line) { return line.claim.valid(); });
  if (any || accept.as_scheme.empty()) return;
  c.verdict.Refuse(
      Refuse(Code::kNotRecognised,
             fmt::format("accept.as_scheme: nothing that was shipped carries a "
                         "claim that \"{}\" could recognise",
                         accept.as_scheme)));
}

void PostDeparture(Case& c, const Shipment& shipment,
                   const std::vector<Quantity>& accepted) {
  for (size_t i = 0; i < shipment.lines.size(); ++i) {
    const ShipmentLine& line = shipment.lines[i];
    Post(c, Boundary::kInTransit, line.product, line.quantity.Negated());
    const Quantity missing = *Difference(line.quantity, accepted[i]);
    if (!missing.IsZero()) Post(c, Boundary::kLoss, line.product, missing);
  }
}

bool IsWhole(const Shipment& shipment, const std::vector<Quantity>& accepted) {
  for (size_t i = 0; i < accepted.size(); ++i) {
    if (accepted[i] != shipment.lines[i].quantity) return false;
  }
  return true;
}

}  // namespace

void PlanEvent(Case& c, const Accept& accept) {
  const ShipmentIndex index =
      FindShipment(c, "accept.shipment", accept.shipment);
  SchemeIndex as_scheme;
  if (!accept.as_scheme.empty()) {
    as_scheme = FindScheme(c, "accept.as_scheme", accept.as_scheme);
  }
  if (!c.verdict.accepted()) return;
  const Shipment& shipment = c.state.shipments().at(index);
  std::vector<Quantity> accepted(shipment.lines.size());
  if (accept.lines.empty()) {
    for (size_t i = 0; i < accepted.size(); ++i) {
      accepted[i] = shipment.lines[i].quantity;
    }
  } else if (!FillLines(c, accept, shipment, &accepted)) {
    return;
  }
  CheckInTransit(c, index);
  if (!shipment.to.valid()) return;  // sent outside: it is not in transit

  CheckAnyClaimed(c, accept, shipment);
  std::vector<Part> parts;
  for (size_t i = 0; i < accepted.size(); ++i) {
    if (accepted[i].IsZero()) continue;
    parts.push_back({i, shipment.lines[i].claim, accepted[i]});
  }
  for (Part& part : parts) {
    if (as_scheme.valid()) {
      part.claim =
          Recognised(c, as_scheme, shipment, shipment.lines[part.line]);
    }
    NoteIncoming(c, shipment.to, shipment.lines[part.line], part);
  }
  PostDeparture(c, shipment, accepted);
  if (accept.lot.empty()) {
    for (const Part& part : parts) {
      BringPart(c, shipment, part);
    }
  } else {
    BringAsLot(c, accept, shipment, parts);
  }
  const bool whole = IsWhole(shipment, accepted);
  c.plan.shipment_ends.push_back(
      {index, whole ? ShipmentState::kAccepted : ShipmentState::kPartlyAccepted,
       std::move(accepted)});
}

}  // namespace tally
