// The structs of the state's tables, each taken apart into its fields in the
// order in which a snapshot has them. Writing and reading share it.
//
// A field that is new does not compile here; add it to the list and to the
// call, and let kSnapshotFormat of snapshot_head.h go up by one.

#ifndef TALLY_ENGINE_SNAPSHOT_TABLE_FIELDS_H_
#define TALLY_ENGINE_SNAPSHOT_TABLE_FIELDS_H_

#include "engine/snapshot/value_fields.h"
#include "engine/state/state.h"

namespace tally {

// The registry.

template <typename Codec>
void Fields(Codec& codec, As<Codec, Product> product) {
  auto& [name, unit, decimals, group, category, own_pool, group_pool,
         pools_before] = product;
  codec(name, unit, decimals, group, category, own_pool, group_pool,
        pools_before);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Party> party) {
  auto& [name, country, lei, gln, roles, scope, scopes_before] = party;
  codec(name, country, lei, gln, roles, scope, scopes_before);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Site> site) {
  auto& [party, name, country, kinds, scope_group, own_scope, group_scope,
         party_scope, country_scope, scopes_before] = site;
  codec(party, name, country, kinds, scope_group, own_scope, group_scope,
        party_scope, country_scope, scopes_before);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Pool> pool) {
  auto& [first_product] = pool;
  codec(first_product);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Scope> scope) {
  auto& [site, party, founder] = scope;
  codec(Maybe(site), Maybe(party), Maybe(founder));
}

template <typename Codec>
void Fields(Codec& codec, As<Codec, Binding> binding) {
  auto& [principal, party, roles, sites, certificates, since, until] = binding;
  codec(principal, party, roles, sites, certificates, since, until);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Approval> approval) {
  auto& [event, content, principal] = approval;
  codec(event, content, principal);
}

// Certificates and sources.

template <typename Codec>
void Fields(Codec& codec, As<Codec, CertifiedProducts> products) {
  auto& [all, listed] = products;
  codec(all, listed);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, CertifiedScope> scope) {
  auto& [effective_from, sites, products, models, to, level] = scope;
  codec(effective_from, sites, products, models, to, level);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, Amendment> amendment) {
  auto& [effective_from, sites, products, models, to, level] = amendment;
  codec(effective_from, sites, products, models, to, level);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, StatusChange> change) {
  auto& [effective_from, status, position] = change;
  codec(effective_from, status, position);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, VolumeExtension> extension) {
  auto& [product, year, quantity] = extension;
  codec(product, year, quantity);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, GroupMember> group_member) {
  auto& [member, since, caps] = group_member;
  codec(member, since, caps);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, CapKey> key) {
  auto& [product, year, use, member] = key;
  codec(product, year, use, member);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, SourceChange> change) {
  auto& [status, from, to] = change;
  codec(status, from, to);
}

// Accounts, lots, shipments.

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

// Credits.

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
  auto& [days, state, overdraw_reason, opening, closing, expired] = period;
  codec(days, state, overdraw_reason, opening, closing, expired);
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

#endif  // TALLY_ENGINE_SNAPSHOT_TABLE_FIELDS_H_
