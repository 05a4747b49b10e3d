#include "engine/state/shipments.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"

namespace tally {
namespace {

// The list of a site; made where there is none.
template <typename List>
List& ListOf(std::vector<List>& lists, SiteIndex site) {
  const auto place = static_cast<size_t>(site.value());
  if (place >= lists.size()) lists.resize(place + 1);
  return lists[place];
}

template <typename List>
std::span<const ShipmentIndex> ListOf(const std::vector<List>& lists,
                                      SiteIndex site) {
  const auto place = static_cast<size_t>(site.value());
  if (!site.valid() || place >= lists.size()) return {};
  return lists[place];
}

}  // namespace

ShipmentIndex Shipments::Add(std::string_view name, Shipment shipment) {
  const ShipmentIndex index = names_.Add(name);
  ListOf(from_, shipment.from).push_back(index);
  if (shipment.to.valid()) ListOf(to_, shipment.to).push_back(index);
  if (shipment.state == ShipmentState::kInTransit &&
      shipment.last_day != Date::Max()) {
    due_.emplace(shipment.last_day, index);
  }
  shipments_.push_back(std::move(shipment));
  return index;
}

ShipmentIndex Shipments::FirstFrom(Position position) const {
  const auto found = std::partition_point(
      shipments_.begin(), shipments_.end(),
      [position](const Shipment& made) { return made.position < position; });
  return ShipmentIndex(static_cast<int32_t>(found - shipments_.begin()));
}

void Shipments::RemoveLast() {
  TALLY_CHECK(!shipments_.empty());
  const ShipmentIndex index(size() - 1);
  const Shipment& last = shipments_.back();
  due_.erase({last.last_day, index});
  ListOf(from_, last.from).pop_back();
  if (last.to.valid()) ListOf(to_, last.to).pop_back();
  shipments_.pop_back();
  names_.RemoveLast();
}

void Shipments::SetState(ShipmentIndex index, ShipmentState state,
                         std::span<const Quantity> accepted) {
  Shipment& shipment = shipments_[static_cast<size_t>(index.value())];
  TALLY_CHECK(accepted.size() == shipment.lines.size());
  for (size_t i = 0; i < accepted.size(); ++i) {
    shipment.lines[i].accepted = accepted[i];
  }
  shipment.state = state;
  if (shipment.last_day == Date::Max()) return;
  if (state == ShipmentState::kInTransit) {
    due_.emplace(shipment.last_day, index);
  } else {
    due_.erase({shipment.last_day, index});
  }
}

ShipmentIndex Shipments::Overdue(Date today) const {
  if (due_.empty() || due_.begin()->first >= today) return ShipmentIndex();
  return due_.begin()->second;
}

ShipmentIndex Shipments::NextOverdue(Date today, ShipmentIndex shipment) const {
  const auto next = due_.upper_bound({at(shipment).last_day, shipment});
  if (next == due_.end() || next->first >= today) return ShipmentIndex();
  return next->second;
}

std::span<const ShipmentIndex> Shipments::From(SiteIndex site) const {
  return ListOf(from_, site);
}

std::span<const ShipmentIndex> Shipments::To(SiteIndex site) const {
  return ListOf(to_, site);
}

}  // namespace tally
