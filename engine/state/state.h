// The state of the ledger: everything that the log's events add up to.
//
// It changes by Apply() alone, for the writer, for a replica and on recovery;
// Revert() takes back the latest plan that is still applied. Not thread-safe.

#ifndef TALLY_ENGINE_STATE_STATE_H_
#define TALLY_ENGINE_STATE_STATE_H_

#include "absl/container/flat_hash_map.h"
#include "engine/state/accounts.h"
#include "engine/state/attached_credits.h"
#include "engine/state/attribute_uses.h"
#include "engine/state/bindings.h"
#include "engine/state/book_stock.h"
#include "engine/state/certificates.h"
#include "engine/state/claims.h"
#include "engine/state/contracts.h"
#include "engine/state/covers.h"
#include "engine/state/credits.h"
#include "engine/state/flows.h"
#include "engine/state/holds.h"
#include "engine/state/lots.h"
#include "engine/state/needs.h"
#include "engine/state/periods.h"
#include "engine/state/plan.h"
#include "engine/state/posting.h"
#include "engine/state/redemptions.h"
#include "engine/state/registry.h"
#include "engine/state/schemes.h"
#include "engine/state/shipments.h"
#include "engine/state/sources.h"
#include "engine/state/voids.h"
#include "engine/state/withholdings.h"

namespace tally {

// What Revert() needs beyond the plan: values that applying it replaced.
struct Undo {
  std::vector<std::pair<ShipmentState, std::vector<Quantity>>> shipments;
  std::vector<SerialMove> serial_moves;
  std::vector<std::pair<bool, RunningNeed>> needs;  // was there, and as what
  std::vector<bool> holds;
  std::vector<Period> periods;
};

class State {
 public:
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  const Registry& registry() const { return registry_; }
  const Schemes& schemes() const { return schemes_; }
  const ClaimSets& claim_sets() const { return claim_sets_; }
  const Accounts& accounts() const { return accounts_; }
  const BookStock& book_stock() const { return book_stock_; }
  const Flows& flows() const { return flows_; }
  const Lots& lots() const { return lots_; }
  const Shipments& shipments() const { return shipments_; }
  const Credits& credits() const { return credits_; }
  const Redemptions& redemptions() const { return redemptions_; }
  const Covers& covers() const { return covers_; }
  const AttachedCredits& attached_credits() const { return attached_credits_; }
  const Certificates& certificates() const { return certificates_; }
  const Contracts& contracts() const { return contracts_; }
  const AttributeUses& attribute_uses() const { return attribute_uses_; }
  const Holds& holds() const { return holds_; }
  const Periods& periods() const { return periods_; }
  const Bindings& bindings() const { return bindings_; }
  const Sources& sources() const { return sources_; }
  const RunningNeeds& needs() const { return needs_; }
  const Voids& voids() const { return voids_; }
  const Withholdings& withholdings() const { return withholdings_; }
  // Zero for a product that never crossed the boundary.
  int128 BoundaryTotal(ProductIndex product, Boundary boundary) const;

  // Carries the plan out. The rules have made sure that nothing overflows.
  // With `undo`, writes down what Revert() needs.
  void Apply(const Plan& plan, Undo* undo = nullptr);
  // `plan` is the latest one applied and not reverted.
  void Revert(const Plan& plan, const Undo& undo);

 private:
  friend struct SnapshotAccess;

  void ApplyPostings(const Plan& plan);
  void ApplyShipments(const Plan& plan, Undo* undo);
  void ApplyCredits(const Plan& plan, Undo* undo);
  void ApplyRedemptions(const Plan& plan);
  void ApplyNeedsAndHolds(const Plan& plan, Undo* undo);
  void AddAccounts(const Plan& plan);
  void MoveVintages(const Plan& plan, const Posting& posting);
  void UnmoveVintages(const Plan& plan, const Posting& posting);
  // Makes the vintages of a scheme's accounts agree with its versions.
  void KeepVintages(SchemeIndex scheme);
  void ApplyPeriods(const Plan& plan, Undo* undo);
  void RevertPeriods(const Plan& plan, const Undo& undo);
  void ApplyContracts(const Plan& plan);
  void RevertContracts(const Plan& plan);
  void ApplyVoids(const Plan& plan);
  void RevertVoids(const Plan& plan);
  void ApplyRegistry(const Plan& plan);
  void RevertRegistry(const Plan& plan);
  void RevertPostings(const Plan& plan);
  void RevertCredits(const Plan& plan, const Undo& undo);
  void RevertRedemptions(const Plan& plan);
  // Counts what crosses a boundary.
  void Cross(const Posting& posting, Quantity delta);
  // The one for each alternative of RegistryChange.
  struct Registrar;
  struct Unregistrar;

  Registry registry_;
  Schemes schemes_;
  ClaimSets claim_sets_;
  Accounts accounts_;
  BookStock book_stock_;
  Flows flows_;
  Lots lots_;
  Shipments shipments_;
  Credits credits_;
  Redemptions redemptions_;
  Covers covers_;
  AttachedCredits attached_credits_;
  Certificates certificates_;
  Contracts contracts_;
  AttributeUses attribute_uses_;
  Holds holds_;
  Periods periods_;
  Bindings bindings_;
  Sources sources_;
  RunningNeeds needs_;
  Voids voids_;
  Withholdings withholdings_;
  std::vector<BoundaryTotals> boundaries_;  // by product
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_STATE_H_
