// The structs of credits, and of periods, needs and voids, each taken apart
// into its fields in the order in which a snapshot has them. Writing and
// reading share it.
//
// A field that is new does not compile here; add it to the list and to the
// call, and let kSnapshotFormat of snapshot_head.h go up by one.

#ifndef TALLY_ENGINE_SNAPSHOT_CREDIT_FIELDS_H_
#define TALLY_ENGINE_SNAPSHOT_CREDIT_FIELDS_H_

#include "engine/snapshot/value_fields.h"
#include "engine/state/state.h"

namespace tally {

template <typename Codec>
void Fields(Codec& codec, As<Codec, Serials> serials) {
  auto& [block, from, to] = serials;
  codec(block, from, to);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, SerialStatus> status) {
  auto& [holder, state, since, redemption] = status;
  codec(holder, state, since, redemption);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, SerialMove> move) {
  auto& [serials, after] = move;
  codec(serials, after);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, HolderKey> key) {
  auto& [party, scheme, product] = key;
  codec(party, scheme, product);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, AttachKey> key) {
  auto& [shipment, scheme, product] = key;
  codec(shipment, scheme, product);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Withdrawal> withdrawal) {
  auto& [quantity, withdrawn_on, reason] = withdrawal;
  codec(quantity, withdrawn_on, reason);
}

// Periods, needs, voids.

template <typename Codec>
void Fields(Codec& codec, As<Codec, PeriodKey> key) {
  auto& [scope, pool, scheme] = key;
  codec(scope, pool, scheme);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Period> period) {
  auto& [days, state, overdraw_reason, closes_on, opening, closing, expired] =
      period;
  codec(days, state, overdraw_reason, closes_on, opening, closing, expired);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, NeedKey> key) {
  auto& [site, process, input, claim] = key;
  codec(site, process, input, Maybe(claim));
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, RunningNeed> need) {
  auto& [exact, debited] = need;
  codec(exact, debited);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, VoidedEvent> voided) {
  auto& [event, by, date] = voided;
  codec(event, by, date);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Owing> owing) {
  auto& [account, shipment, taken, lacking] = owing;
  codec(Maybe(account), Maybe(shipment), taken, lacking);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Withholding> withholding) {
  auto& [account, quantity, owing] = withholding;
  codec(account, quantity, owing);
}

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_CREDIT_FIELDS_H_
