// hold, release, set_source_status: what a certification body says of
// things that others move.

#include <optional>
#include <string>

#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

// The one thing that a hold or its release names; nullopt, refused, where the
// ledger does not know it.
template <typename Kind>
std::optional<HoldTarget> FindTarget(Case& c, std::string_view kind,
                                     const Kind& named) {
  const FieldPath path(kind);
  HoldTarget target;
  if (!named.lot.empty()) {
    target = HoldTarget(FindLot(c, path.Of("lot"), named.lot));
  } else if (!named.shipment.empty()) {
    target = HoldTarget(FindShipment(c, path.Of("shipment"), named.shipment));
  } else if (!named.block.empty()) {
    target = HoldTarget(FindBlock(c, path.Of("block"), named.block));
  } else {
    target = HoldTarget(FindSite(c, path.Of("site"), named.site),
                        FindProduct(c, path.Of("product"), named.product));
  }
  if (!c.verdict.accepted()) return std::nullopt;
  return target;
}

template <typename Kind>
void PlanHold(Case& c, const Kind& named, bool held) {
  const std::optional<HoldTarget> target =
      FindTarget(c, KindName(c.event.kind()), named);
  if (target) c.plan.hold_changes.push_back({*target, held});
}

}  // namespace

void PlanEvent(Case& c, const Hold& hold) { PlanHold(c, hold, true); }

void PlanEvent(Case& c, const Release& release) { PlanHold(c, release, false); }

// A source may be a site of this ledger or a mine that is none.
void PlanEvent(Case& c, const SetSourceStatus& set) {
  c.plan.registry_change =
      NewSourceStatus{std::string(set.source),
                      {.status = set.status,
                       .from = set.from,
                       .to = set.to.value_or(Date::Max())}};
}

}  // namespace tally
