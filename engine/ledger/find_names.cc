#include "engine/ledger/find_names.h"

#include "engine/base/status_macros.h"
#include "engine/state/claims.h"
#include "fmt/format.h"

namespace tally {
namespace {

template <typename Table>
auto Find(const Table& table, std::string_view thing, std::string_view name)
    -> absl::StatusOr<decltype(table.Find(name))> {
  const auto found = table.Find(name);
  if (found.valid()) return found;
  return absl::NotFoundError(fmt::format("no {} \"{}\"", thing, name));
}

}  // namespace

absl::StatusOr<SiteIndex> FindSite(const State& state, std::string_view name) {
  return Find(state.registry().site_names, "site", name);
}

absl::StatusOr<ProductIndex> FindProduct(const State& state,
                                         std::string_view name) {
  return Find(state.registry().product_names, "product", name);
}

absl::StatusOr<PartyIndex> FindParty(const State& state,
                                     std::string_view name) {
  return Find(state.registry().party_names, "party", name);
}

absl::StatusOr<SchemeIndex> FindScheme(const State& state,
                                       std::string_view name) {
  return Find(state.schemes(), "scheme", name);
}

absl::StatusOr<LotIndex> FindLot(const State& state, std::string_view name) {
  return Find(state.lots(), "lot", name);
}

absl::StatusOr<BlockIndex> FindBlock(const State& state,
                                     std::string_view name) {
  return Find(state.credits(), "block", name);
}

absl::StatusOr<ShipmentIndex> FindShipment(const State& state,
                                           std::string_view name) {
  return Find(state.shipments(), "shipment", name);
}

absl::StatusOr<CertificateIndex> FindCertificate(const State& state,
                                                 std::string_view name) {
  return Find(state.certificates(), "certificate", name);
}

absl::StatusOr<ClaimIndex> FindClaim(const State& state,
                                     std::string_view scheme, Model model) {
  if (scheme.empty()) return ClaimIndex();
  ASSIGN_OR_RETURN(const SchemeIndex index, FindScheme(state, scheme));
  for (const auto& version : state.schemes().Versions(index)) {
    if (version->Lists(model)) return ClaimOf(index, model);
  }
  return absl::NotFoundError(
      fmt::format("scheme \"{}\" has no model {}", scheme, ModelName(model)));
}

}  // namespace tally
