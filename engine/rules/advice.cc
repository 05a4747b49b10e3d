#include "engine/rules/advice.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "engine/rules/holdings.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Shipments to the site that are looked at, the latest first, and named.
constexpr size_t kShipmentsLookedAt = 1000;
constexpr size_t kShipmentsNamed = 3;

AccountKey WantedKey(const Case& c, const Movement& movement) {
  return KeyOf(c.state, c.date,
               {.site = movement.site,
                .product = movement.product,
                .claims = SetOf(movement.claim),
                .lot = movement.lot,
                .origin = movement.origin});
}

// What a line would bring to the account that the movement draws on.
Quantity Brings(const Case& c, const Movement& movement, const AccountKey& key,
                const ShipmentLine& line) {
  if (line.claim != movement.claim || line.lot != movement.lot) return {};
  const AccountKey brought =
      KeyOf(c.state, c.date,
            {.site = movement.site,
             .product = line.product,
             .claims = SetOf(line.claim),
             .lot = line.lot,
             .origin = OriginCode(line.attributes.origin_country)});
  return brought == key ? line.quantity : Quantity();
}

struct Coming {
  ShipmentIndex shipment;
  Quantity quantity;
};

// In transit to the site and of use, the oldest first, until `missing` is
// covered.
std::vector<Coming> FindComing(const Case& c, const Movement& movement,
                               Quantity missing) {
  const AccountKey key = WantedKey(c, movement);
  const Shipments& shipments = c.state.shipments();
  std::span<const ShipmentIndex> to = shipments.To(movement.site);
  if (to.size() > kShipmentsLookedAt) to = to.last(kShipmentsLookedAt);
  std::vector<Coming> coming;
  Quantity covered;
  for (const ShipmentIndex index : to) {
    const Shipment& shipment = shipments.at(index);
    if (shipment.state != ShipmentState::kInTransit) continue;
    Quantity quantity;
    for (const ShipmentLine& line : shipment.lines) {
      quantity = Sum(quantity, Brings(c, movement, key, line))
                     .value_or(Quantity::Max());
    }
    if (quantity.IsZero()) continue;
    coming.push_back({index, quantity});
    covered = Sum(covered, quantity).value_or(Quantity::Max());
    if (covered >= missing || coming.size() == kShipmentsNamed) break;
  }
  return coming;
}

// The first later day from which on the account bears the quantity.
std::optional<Date> BearsFrom(const Case& c, const Movement& movement,
                              Quantity asked) {
  const AccountIndex account = c.state.accounts().Find(WantedKey(c, movement));
  if (!account.valid()) return std::nullopt;
  const std::span<const DayBalance> days =
      c.state.accounts().at(account).timeline.days();
  std::optional<Date> first;
  for (size_t i = days.size(); i-- > 0;) {
    if (days[i].date <= c.date || days[i].balance < asked) break;
    first = days[i].date;
  }
  return first;
}

}  // namespace

void AddAdvice(const Case& c, const Shortfall& shortfall, Refusal* refusal) {
  const Movement& movement = c.movements[shortfall.movement];
  const std::optional<Quantity> missing =
      Difference(shortfall.asked, shortfall.available);
  if (!missing) return;
  AddFigure(c, movement.product, "missing", *missing, refusal);
  for (const Coming& coming : FindComing(c, movement, *missing)) {
    refusal->message += fmt::format(
        "; {} more becomes available when shipment \"{}\" is accepted",
        Show(c, movement.product, coming.quantity),
        c.state.shipments().NameOf(coming.shipment));
    AddFigure(c, movement.product, "in_transit", coming.quantity, refusal);
  }
  if (const std::optional<Date> date =
          BearsFrom(c, movement, shortfall.asked)) {
    refusal->message +=
        fmt::format("; it is there from {} on", date->ToString());
    refusal->figures.push_back({"available_from", date->ToString(), ""});
  }
}

}  // namespace tally
