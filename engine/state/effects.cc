#include "engine/state/effects.h"

namespace tally {

void Effects::Clear() {
  kind = 0;
  date = Date();
  postings.clear();
  stock.clear();
  flows.clear();
  reasons.clear();
  caps.clear();
  needs.clear();
  serials.clear();
  covers.clear();
  attached.clear();
  attributes.clear();
  deliveries.clear();
  ended.clear();
}

void FindEffects(const State& before, int32_t kind, Date date, const Plan& plan,
                 Effects* effects) {
  effects->kind = kind;
  effects->date = date;
  effects->postings.clear();
  for (const Posting& posting : plan.postings) {
    // Expiry is worked out anew with every event, the void's own included.
    const bool expires = posting.expiry != Expiry::kNone ||
                         (posting.site.valid() && posting.date != date);
    if (!expires) effects->postings.push_back(posting);
  }
  effects->stock.assign(plan.stock_changes.begin(), plan.stock_changes.end());
  effects->flows.assign(plan.flow_changes.begin(), plan.flow_changes.end());
  effects->reasons.assign(plan.reason_changes.begin(),
                          plan.reason_changes.end());
  effects->caps.assign(plan.cap_changes.begin(), plan.cap_changes.end());
  effects->needs.assign(plan.need_changes.begin(), plan.need_changes.end());
  effects->covers.assign(plan.cover_changes.begin(), plan.cover_changes.end());
  effects->attached.assign(plan.attach_changes.begin(),
                           plan.attach_changes.end());
  effects->attributes.assign(plan.attribute_uses.begin(),
                             plan.attribute_uses.end());
  effects->deliveries.assign(plan.deliveries.begin(), plan.deliveries.end());
  effects->serials.clear();
  for (const SerialMove& move : plan.serial_moves) {
    const auto [from, run] =
        before.credits().RunAt(move.serials.block, move.serials.from);
    effects->serials.push_back({.move = move, .before = run->status});
  }
  effects->ended.clear();
  for (const ShipmentEnd& end : plan.shipment_ends) {
    effects->ended.push_back(end.shipment);
  }
}

}  // namespace tally
