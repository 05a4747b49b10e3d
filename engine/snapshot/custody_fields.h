// The structs of accounts, lots and shipments, each taken apart into its
// fields in the order in which a snapshot has them. Writing and reading share
// it.
//
// A field that is new does not compile here; add it to the list and to the
// call, and let kSnapshotFormat of snapshot_head.h go up by one.

#ifndef TALLY_ENGINE_SNAPSHOT_CUSTODY_FIELDS_H_
#define TALLY_ENGINE_SNAPSHOT_CUSTODY_FIELDS_H_

#include "engine/snapshot/value_fields.h"
#include "engine/state/state.h"

namespace tally {

template <typename Codec>
void Fields(Codec& codec, As<Codec, AccountKey> key) {
  auto& [kind, scope, pool, claims, item, origin] = key;
  codec(kind, scope, pool, claims, item, origin);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, DayBalance> day) {
  auto& [date, postings, balance] = day;
  codec(date, postings, balance);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, VintageMove> move) {
  auto& [date, kind, event_kind, site, product, shipment, quantity, merged] =
      move;
  codec(date, kind, event_kind, Maybe(site), product, Maybe(shipment), quantity,
        merged);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, ExpiryKey> key) {
  auto& [date, why, site, product] = key;
  codec(date, why, Maybe(site), product);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Parent> parent) {
  auto& [lot, product, quantity] = parent;
  codec(Maybe(lot), product, quantity);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, LotAttributes> attributes) {
  auto& [origin_country, ghg, level, source_status] = attributes;
  codec(origin_country, ghg, level, source_status);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Lot> lot) {
  auto& [product, claims, made_at, made_on, made, position, source, parents,
         attributes, claims_share, tags, tainted] = lot;
  codec(product, claims, made_at, made_on, made, position, source, parents,
        attributes, claims_share, tags, tainted);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, FlowKey> key) {
  auto& [scheme, scope, pool] = key;
  codec(scheme, scope, pool);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, FlowSums> sums) {
  auto& [certified_in, all_in, certified_out, all_out] = sums;
  codec(certified_in, all_in, certified_out, all_out);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, ContractKey> key) {
  auto& [scope, pool, claim] = key;
  codec(scope, pool, claim);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Contract> contract) {
  auto& [key, site, sale, quantity, delivered, agreed_on, deliver_by,
         position] = contract;
  codec(key, site, sale, quantity, delivered, agreed_on, deliver_by, position);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, ShipmentDraw> draw) {
  auto& [account, quantity] = draw;
  codec(account, quantity);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, CapDraw> draw) {
  auto& [certificate, year, quantity] = draw;
  codec(certificate, year, quantity);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, ShipmentLine> line) {
  auto& [product, quantity, claim, lot, claims_share, attributes, draws,
         cap_draws, accepted] = line;
  codec(product, quantity, Maybe(claim), Maybe(lot), claims_share, attributes,
        draws, cap_draws, accepted);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Shipment> shipment) {
  auto& [from, to, to_external, shipped_on, position, last_day, lines, state] =
      shipment;
  codec(from, Maybe(to), to_external, shipped_on, position, last_day, lines,
        state);
}

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_CUSTODY_FIELDS_H_
