// R52, HELD, R23: of what a void reaches nothing leaves; what is on hold does
// not leave, and a shipment on hold does not end; what is tainted never leaves
// its site.

#include <string>
#include <variant>

#include "engine/rules/column.h"
#include "fmt/format.h"

namespace tally {
namespace {

void RefuseHeld(Case& c, std::string_view thing, std::string_view name) {
  if (!c.verdict.Concerns(Code::kHeld)) return;
  c.verdict.Refuse(
      Refuse(Code::kHeld, fmt::format("{} \"{}\" is on hold", thing, name)));
}

void RefuseHeldStock(Case& c, const Movement& movement) {
  if (!c.verdict.Concerns(Code::kHeld)) return;
  const Registry& registry = c.state.registry();
  c.verdict.Refuse(Refuse(
      Code::kHeld, fmt::format("{}: product \"{}\" at site \"{}\" is on hold",
                               movement.field,
                               registry.product_names.NameOf(movement.product),
                               registry.site_names.NameOf(movement.site))));
}

void RefuseVoid(Case& c, const Movement& movement, std::string_view lot) {
  if (!c.verdict.Concerns(Code::kUpstreamVoid)) return;
  const SchemeIndex scheme =
      movement.claim.valid() ? SchemeOf(movement.claim) : SchemeIndex();
  c.verdict.Refuse(RefuseUnder(
      c, scheme, Code::kUpstreamVoid,
      fmt::format("{}: lot \"{}\" comes of an event that is void, so nothing "
                  "of it leaves",
                  movement.field, lot)));
}

void CheckStock(Case& c, const Movement& movement) {
  const Holds& holds = c.state.holds();
  if (holds.Contains(HoldTarget(movement.site, movement.product))) {
    RefuseHeldStock(c, movement);
  }
  if (!movement.lot.valid()) return;
  const std::string_view lot = c.state.lots().NameOf(movement.lot);
  if (holds.Contains(HoldTarget(movement.lot))) RefuseHeld(c, "lot", lot);
  if (c.state.voids().Reaches(c.state.lots(), movement.lot)) {
    RefuseVoid(c, movement, lot);
  }
  if (!movement.leaves || !c.state.lots().at(movement.lot).tainted) return;
  c.verdict.Refuse(
      Refuse(Code::kTainted,
             fmt::format("{}: lot \"{}\" holds material of unknown origin, so "
                         "nothing of it leaves",
                         movement.field, lot)));
}

void CheckShipments(Case& c) {
  // What the ledger itself says of time can't be held up.
  if (std::holds_alternative<const Lapse*>(c.event.body)) return;
  for (const ShipmentEnd& end : c.plan.shipment_ends) {
    if (!c.state.holds().Contains(HoldTarget(end.shipment))) continue;
    RefuseHeld(c, "shipment", c.state.shipments().NameOf(end.shipment));
  }
}

void CheckBlocks(Case& c) {
  for (const SerialMove& move : c.plan.serial_moves) {
    const BlockIndex block = move.serials.block;
    if (!c.state.holds().Contains(HoldTarget(block))) continue;
    RefuseHeld(c, "block", c.state.credits().NameOf(block));
  }
}

}  // namespace

void CheckHolds(Case& c) {
  // A void tells the truth of what is on hold, too, and moves nothing on.
  if (std::holds_alternative<const Void*>(c.event.body)) return;
  for (const Movement& movement : c.movements) {
    if (movement.direction == Direction::kOut) CheckStock(c, movement);
  }
  CheckShipments(c);
  CheckBlocks(c);
}

}  // namespace tally
