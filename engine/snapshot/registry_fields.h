// The structs of the registry, of certificates and of bindings, each taken
// apart into its fields in the order in which a snapshot has them. Writing and
// reading share it.
//
// A field that is new does not compile here; add it to the list and to the
// call, and let kSnapshotFormat of snapshot_head.h go up by one.

#ifndef TALLY_ENGINE_SNAPSHOT_REGISTRY_FIELDS_H_
#define TALLY_ENGINE_SNAPSHOT_REGISTRY_FIELDS_H_

#include "engine/snapshot/value_fields.h"
#include "engine/state/state.h"

namespace tally {

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
void Fields(Codec& codec, As<Codec, MemberAssessment> assessment) {
  auto& [effective_from, compliant] = assessment;
  codec(effective_from, compliant);
}
template <typename Codec>
void Fields(Codec& codec, As<Codec, GroupMember> group_member) {
  auto& [member, since, caps, assessments] = group_member;
  codec(member, since, caps, assessments);
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

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_REGISTRY_FIELDS_H_
