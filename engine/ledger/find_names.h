// The things that a question names, or NOT_FOUND with the name.

#ifndef TALLY_ENGINE_LEDGER_FIND_NAMES_H_
#define TALLY_ENGINE_LEDGER_FIND_NAMES_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "engine/model/claim.h"
#include "engine/model/indices.h"
#include "engine/state/state.h"

namespace tally {

absl::StatusOr<SiteIndex> FindSite(const State& state, std::string_view name);
absl::StatusOr<ProductIndex> FindProduct(const State& state,
                                         std::string_view name);
absl::StatusOr<PartyIndex> FindParty(const State& state, std::string_view name);
// Where the question's field is not called `party`.
absl::StatusOr<PartyIndex> FindPartyOf(std::string_view field,
                                       const State& state,
                                       std::string_view name);
absl::StatusOr<SchemeIndex> FindScheme(const State& state,
                                       std::string_view name);
absl::StatusOr<LotIndex> FindLot(const State& state, std::string_view name);
absl::StatusOr<BlockIndex> FindBlock(const State& state, std::string_view name);
absl::StatusOr<ShipmentIndex> FindShipment(const State& state,
                                           std::string_view name);
absl::StatusOr<CertificateIndex> FindCertificate(const State& state,
                                                 std::string_view name);

// Not valid() for no scheme; NOT_FOUND for a model that the scheme never had.
absl::StatusOr<ClaimIndex> FindClaim(const State& state,
                                     std::string_view scheme, Model model);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_FIND_NAMES_H_
