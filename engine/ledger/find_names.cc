#include "engine/ledger/find_names.h"

#include <string>

#include "engine/base/status_macros.h"
#include "engine/ledger/status_facts.h"
#include "engine/state/claims.h"
#include "fmt/format.h"

namespace tally {
namespace {

template <typename Table>
auto Find(const Table& table, std::string_view thing, std::string_view name,
          std::string_view field)
    -> absl::StatusOr<decltype(table.Find(name))> {
  const auto found = table.Find(name);
  if (found.valid()) return found;
  return NotThere(thing, field, name);
}

}  // namespace

absl::StatusOr<SiteIndex> FindSite(const State& state, std::string_view name) {
  return Find(state.registry().site_names, "site", name, "site");
}

absl::StatusOr<ProductIndex> FindProduct(const State& state,
                                         std::string_view name) {
  return Find(state.registry().product_names, "product", name, "product");
}

absl::StatusOr<PartyIndex> FindParty(const State& state,
                                     std::string_view name) {
  return FindPartyOf("party", state, name);
}

absl::StatusOr<PartyIndex> FindPartyOf(std::string_view field,
                                       const State& state,
                                       std::string_view name) {
  return Find(state.registry().party_names, "party", name, field);
}

absl::StatusOr<SchemeIndex> FindScheme(const State& state,
                                       std::string_view name) {
  return Find(state.schemes(), "scheme", name, "scheme");
}

absl::StatusOr<LotIndex> FindLot(const State& state, std::string_view name) {
  return Find(state.lots(), "lot", name, "lot");
}

absl::StatusOr<BlockIndex> FindBlock(const State& state,
                                     std::string_view name) {
  return Find(state.credits(), "block", name, "block");
}

absl::StatusOr<ShipmentIndex> FindShipment(const State& state,
                                           std::string_view name) {
  return Find(state.shipments(), "shipment", name, "shipment");
}

absl::StatusOr<CertificateIndex> FindCertificate(const State& state,
                                                 std::string_view name) {
  return Find(state.certificates(), "certificate", name, "certificate");
}

absl::StatusOr<ClaimIndex> FindClaim(const State& state,
                                     std::string_view scheme, Model model) {
  if (scheme.empty()) return ClaimIndex();
  ASSIGN_OR_RETURN(const SchemeIndex index, FindScheme(state, scheme));
  for (const auto& version : state.schemes().Versions(index)) {
    if (version->Lists(model)) return ClaimOf(index, model);
  }
  return WithFacts(
      absl::NotFoundError(fmt::format("scheme \"{}\" has no model {}", scheme,
                                      ModelName(model))),
      {{"field", "model"},
       {"value", std::string(ModelName(model))},
       {"scheme", std::string(scheme)}});
}

}  // namespace tally
