#include "tests/simulation/books.h"

#include <algorithm>
#include <variant>

#include "fmt/format.h"

namespace tally::simulation {
namespace {

int SiteIndex(std::string_view name) {
  const auto* const found =
      std::find(std::begin(kSites), std::end(kSites), name);
  return static_cast<int>(found - std::begin(kSites));
}

int64_t Units(const Decimal& quantity) {
  return std::stoll(quantity.ToString());
}

}  // namespace

void Books::Add(const Event& event) {
  if (closed_) return;
  const Date date = event.date();
  const auto body = [&event]<typename Kind>(const Kind*) {
    const auto* const* found = std::get_if<const Kind*>(&event.body);
    return found == nullptr ? nullptr : *found;
  };
  if (const auto* receive = body(static_cast<const Receive*>(nullptr))) {
    const Received received{.site = SiteIndex(receive->site),
                            .quantity = Units(receive->quantity)};
    received_[event.id] = received;
    Post(received.site, date, received.quantity);
  } else if (const auto* ship = body(static_cast<const Ship*>(nullptr))) {
    AddShip(*ship, date);
  } else if (const auto* accept = body(static_cast<const Accept*>(nullptr))) {
    AddAccept(*accept, date);
  } else if (const auto* reject = body(static_cast<const Reject*>(nullptr))) {
    SendBack(reject->shipment, date);
  } else if (const auto* recall = body(static_cast<const Recall*>(nullptr))) {
    SendBack(recall->shipment, date);
  } else if (const auto* lapse = body(static_cast<const Lapse*>(nullptr))) {
    SendBack(lapse->shipment, date);
  } else if (const auto* down = body(static_cast<const Downgrade*>(nullptr))) {
    Post(SiteIndex(down->site), date, -Units(down->quantity));
  } else if (const auto* consume = body(static_cast<const Consume*>(nullptr))) {
    Post(SiteIndex(consume->site), date, -Units(consume->quantity));
    consumed_ += Units(consume->quantity);
  } else if (const auto* annul = body(static_cast<const Void*>(nullptr))) {
    AddVoid(*annul, date);
  }
}

void Books::AddVoid(const Void& annul, Date date) {
  const auto found = received_.find(annul.event);
  if (found == received_.end()) {
    closed_ = true;
    return;
  }
  doubtful_[Place(found->second.site)] = true;
  Post(found->second.site, date, -found->second.quantity);
}

void Books::AddShip(const Ship& ship, Date date) {
  const Sent sent{.site = SiteIndex(ship.from_site),
                  .to = ship.to_site.empty() ? -1 : SiteIndex(ship.to_site),
                  .quantity = Units(ship.lines.front().quantity),
                  .ended = ship.to_site.empty()};
  Post(sent.site, date, -sent.quantity);
  if (!sent_.emplace(ship.shipment, sent).second) {
    wrong_ = fmt::format("shipment {} was sent twice", ship.shipment);
  }
  (sent.ended ? consumed_ : in_transit_) += sent.quantity;
}

void Books::AddAccept(const Accept& accept, Date date) {
  const Sent sent = End(accept.shipment);
  const int64_t arrived = accept.lines.empty()
                              ? sent.quantity
                              : Units(accept.lines.front().quantity);
  if (arrived > sent.quantity) {
    wrong_ = fmt::format("{} of {} arrived", arrived, sent.quantity);
  }
  lost_ += sent.quantity - arrived;
  Post(sent.to, date, arrived);
}

void Books::SendBack(std::string_view shipment, Date date) {
  const Sent sent = End(shipment);
  Post(sent.site, date, sent.quantity);
}

Books::Sent Books::End(std::string_view shipment) {
  const auto found = sent_.find(shipment);
  if (found == sent_.end() || found->second.ended) {
    wrong_ = fmt::format("shipment {} ends, and is not on its way", shipment);
    return {.to = 0, .ended = true};
  }
  found->second.ended = true;
  in_transit_ -= found->second.quantity;
  return found->second;
}

// Nothing certified leaves that did not come, on any day.
void Books::Post(int site, Date date, int64_t delta) {
  deltas_[Place(site)][date] += delta;
  if (doubtful_[Place(site)]) return;
  int64_t held = 0;
  for (const auto& [day, change] : deltas_[Place(site)]) {
    held += change;
    if (held >= 0) continue;
    wrong_ =
        fmt::format("{} holds {} on {}", kSites[site], held, day.ToString());
  }
}

int64_t Books::Held(int site) const { return HeldAt(site, Date::Max()); }

int64_t Books::HeldAt(int site, Date date) const {
  int64_t held = 0;
  for (const auto& [day, change] : deltas_[Place(site)]) {
    if (day <= date) held += change;
  }
  return held;
}

bool Books::any_doubt() const {
  return closed_ ||
         std::find(doubtful_.begin(), doubtful_.end(), true) != doubtful_.end();
}

}  // namespace tally::simulation
