// R26: each attribute of a lot is claimed once. Where a scheme names
// attributes that are used by themselves, what leaves a lot under its claim
// takes them all along, so no more may leave than has all of them left. What
// is written off, or loses the claim, takes first what has lost one.

#include <algorithm>
#include <variant>

#include "engine/rules/column.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "fmt/format.h"

namespace tally {
namespace {

bool NamesAttributes(const Case& c, ClaimIndex claim) {
  return claim.valid() &&
         !c.ProfileOf(SchemeOf(claim)).single_use_attributes.empty();
}

// Of a lot and what this event used so far.
struct Standing {
  Quantity made;
  Quantity gone;
  Quantity most_spent;

  // With all attributes.
  int128 Whole() const {
    return static_cast<int128>(made.units()) - gone.units() -
           most_spent.units();
  }
};

Standing StandingOf(const Case& c, LotIndex lot) {
  Standing standing{.made = c.state.lots().at(lot).made,
                    .gone = c.state.attribute_uses().Gone(lot),
                    .most_spent = c.state.attribute_uses().MostSpent(lot)};
  for (const AttributeUse& use : c.plan.attribute_uses) {
    if (use.lot != lot || !use.attribute.empty()) continue;
    standing.gone = Sum(standing.gone, use.quantity).value_or(Quantity::Max());
  }
  return standing;
}

// Whether the lot keeps its id and its claim where it goes.
bool Stays(const Case& c, const Movement& movement) {
  if (!movement.sold_as.valid() || !IsPhysical(ModelOf(movement.sold_as))) {
    return false;
  }
  const auto* ship = std::get_if<const Ship*>(&c.event.body);
  return (ship != nullptr && !(*ship)->to_site.empty()) ||
         std::holds_alternative<const Downgrade*>(c.event.body);
}

// What takes no claim along.
bool IsRemoval(const Case& c, const Movement& movement) {
  return std::holds_alternative<const Adjust*>(c.event.body) ||
         (std::holds_alternative<const Downgrade*>(c.event.body) &&
          !movement.sold_as.valid());
}

void RefuseUsed(Case& c, const Movement& movement, int128 whole) {
  if (!c.verdict.Concerns(Code::kDoubleAttribute)) return;
  const Quantity left(static_cast<int64_t>(std::max<int128>(whole, 0)));
  const AttributeUses& uses = c.state.attribute_uses();
  std::string used;
  if (const auto* spent = uses.SpentOf(movement.lot)) {
    for (const auto& [attribute, quantity] : *spent) {
      used += fmt::format("{}{} of {}", used.empty() ? "" : ", ", attribute,
                          Show(c, movement.product, quantity));
    }
  }
  Refusal refusal = RefuseUnder(
      c, SchemeOf(movement.claim), Code::kDoubleAttribute,
      fmt::format("{}: asked {}, and {} of lot \"{}\" still has every "
                  "attribute; claimed by themselves: {}; that much can be "
                  "downgraded to CONVENTIONAL and sold so",
                  movement.field, Show(c, movement.product, movement.quantity),
                  Show(c, movement.product, left),
                  c.state.lots().NameOf(movement.lot),
                  used.empty() ? "none" : used));
  AddFigure(c, movement.product, "asked", movement.quantity, &refusal);
  AddFigure(c, movement.product, "available", left, &refusal);
  c.verdict.Refuse(std::move(refusal));
}

// What takes all attributes along needs them all. More than there is, of which
// nothing was claimed by itself, is a mere shortage.
void CheckWhole(Case& c, const Movement& movement) {
  const Standing standing = StandingOf(c, movement.lot);
  const int128 whole = standing.Whole();
  if (standing.most_spent.IsZero() || movement.quantity.units() <= whole) {
    return;
  }
  RefuseUsed(c, movement, whole);
}

// What a certification body adds to a lot was not gone.
void PlanAdditions(Case& c) {
  const auto* adjust = std::get_if<const Adjust*>(&c.event.body);
  if (adjust == nullptr || !(*adjust)->add) return;
  for (const Movement& movement : c.movements) {
    if (movement.direction != Direction::kIn || !movement.lot.valid() ||
        !NamesAttributes(c, movement.claim)) {
      continue;
    }
    c.plan.attribute_uses.push_back(
        {movement.lot, "", movement.quantity.Negated()});
  }
}

// Takes along what has lost an attribute first.
void PlanRemoval(Case& c, LotIndex lot, Quantity removed) {
  c.plan.attribute_uses.push_back({lot, "", removed});
  const auto* spent = c.state.attribute_uses().SpentOf(lot);
  if (spent == nullptr) return;
  for (const auto& [attribute, quantity] : *spent) {
    Quantity left = quantity;
    for (const AttributeUse& use : c.plan.attribute_uses) {
      if (use.lot != lot || use.attribute != attribute) continue;
      left = Sum(left, use.quantity).value_or(Quantity());
    }
    c.plan.attribute_uses.push_back(
        {lot, attribute, std::min(left, removed).Negated()});
  }
}

// What a shipment lacked on arrival is written off.
void PlanArrivals(Case& c) {
  for (const ShipmentEnd& end : c.plan.shipment_ends) {
    if (end.state != ShipmentState::kPartlyAccepted) continue;
    const Shipment& shipment = c.state.shipments().at(end.shipment);
    for (size_t i = 0; i < shipment.lines.size(); ++i) {
      const ShipmentLine& line = shipment.lines[i];
      if (!line.lot.valid() || !NamesAttributes(c, line.claim)) continue;
      const Quantity lost = *Difference(line.quantity, end.accepted[i]);
      if (!lost.IsZero()) PlanRemoval(c, line.lot, lost);
    }
  }
}

// All that arrives under another lot's name has left its own.
void PlanRenamed(Case& c) {
  const auto* accept = std::get_if<const Accept*>(&c.event.body);
  if (accept == nullptr || (*accept)->lot.empty()) return;
  for (const ShipmentEnd& end : c.plan.shipment_ends) {
    const Shipment& shipment = c.state.shipments().at(end.shipment);
    for (size_t i = 0; i < shipment.lines.size(); ++i) {
      const ShipmentLine& line = shipment.lines[i];
      if (!line.lot.valid() || !NamesAttributes(c, line.claim) ||
          end.accepted[i].IsZero()) {
        continue;
      }
      Movement movement;
      movement.field = "accept.lot";
      movement.product = line.product;
      movement.quantity = end.accepted[i];
      movement.claim = line.claim;
      movement.lot = line.lot;
      CheckWhole(c, movement);
      c.plan.attribute_uses.push_back({line.lot, "", movement.quantity});
    }
  }
}

// The attribute of a consumption that claims it alone; empty for none.
std::string_view AttributeOf(const Case& c) {
  const auto* consume = std::get_if<const Consume*>(&c.event.body);
  return consume == nullptr ? std::string_view() : (*consume)->attribute;
}

void CheckAlone(Case& c, const Movement& movement, std::string_view attribute) {
  const Standing standing = StandingOf(c, movement.lot);
  const Quantity spent =
      c.state.attribute_uses().Spent(movement.lot, attribute);
  const int128 left = static_cast<int128>(standing.made.units()) -
                      standing.gone.units() - spent.units();
  // More than there is, of which nothing was claimed, is a mere shortage.
  if (movement.quantity.units() > left && !spent.IsZero()) {
    if (!c.verdict.Concerns(Code::kDoubleAttribute)) return;
    const Quantity available(static_cast<int64_t>(std::max<int128>(left, 0)));
    Refusal refusal = RefuseUnder(
        c, SchemeOf(movement.claim), Code::kDoubleAttribute,
        fmt::format("consume.attribute: asked {} of {}, of which {} is left "
                    "in lot \"{}\"; {} was claimed before",
                    attribute, Show(c, movement.product, movement.quantity),
                    Show(c, movement.product, available),
                    c.state.lots().NameOf(movement.lot),
                    Show(c, movement.product, spent)));
    AddFigure(c, movement.product, "asked", movement.quantity, &refusal);
    AddFigure(c, movement.product, "available", available, &refusal);
    AddFigure(c, movement.product, "claimed", spent, &refusal);
    c.verdict.Refuse(std::move(refusal));
    return;
  }
  c.plan.attribute_uses.push_back(
      {movement.lot, std::string(attribute), movement.quantity});
}

}  // namespace

void CheckAttributes(Case& c) {
  const std::string_view alone = AttributeOf(c);
  for (const Movement& movement : c.movements) {
    if (movement.direction != Direction::kOut || !movement.lot.valid() ||
        !NamesAttributes(c, movement.claim) || Stays(c, movement)) {
      continue;
    }
    if (!alone.empty()) {
      CheckAlone(c, movement, alone);
      continue;
    }
    if (IsRemoval(c, movement)) {
      PlanRemoval(c, movement.lot, movement.quantity);
      continue;
    }
    CheckWhole(c, movement);
    c.plan.attribute_uses.push_back({movement.lot, "", movement.quantity});
  }
  PlanAdditions(c);
  PlanArrivals(c);
  PlanRenamed(c);
}

}  // namespace tally
