// The plan of one event: everything that accepting it changes, as data.
//
// Planners write it, rules look at it, State::Apply carries it out and
// State::Revert takes it back. Things that the plan makes are referred to by
// the index they will get: the table's size, plus their place here. The same
// plan applied to a replica has the same effect.

#ifndef TALLY_ENGINE_STATE_PLAN_H_
#define TALLY_ENGINE_STATE_PLAN_H_

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/model/indices.h"
#include "engine/model/outcome.h"
#include "engine/profile/profile.h"
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
#include "engine/state/posting.h"
#include "engine/state/redemptions.h"
#include "engine/state/registry.h"
#include "engine/state/shipments.h"
#include "engine/state/sources.h"
#include "engine/state/voids.h"
#include "engine/state/withholdings.h"

namespace tally {

template <typename Thing>
struct Named {
  std::string name;
  Thing thing;
};

struct ShipmentEnd {
  ShipmentIndex shipment;
  ShipmentState state = ShipmentState::kAccepted;
  std::vector<Quantity> accepted;  // of each line
};

struct CapChange {
  CertificateIndex certificate;
  CapKey key;
  Quantity quantity;
};

struct NeedChange {
  NeedKey key;
  RunningNeed after;
  RunningNeed added;  // by this event
};

// What tells a later shortfall's reason: quantity of an account that was
// booked as credits, or that left stock under several claims under one.
struct ReasonChange {
  AccountIndex account;
  Quantity booked;
  ClaimIndex claim;
  Quantity sold_under_claim;
};

// A new period, or what became of one: it takes the place of the one with
// its days.
struct PeriodChange {
  PeriodKey key;
  Period period;
};

struct HoldChange {
  HoldTarget target;
  bool held = true;
};

// Changes of the registry, one an event.
struct NewScheme {
  std::shared_ptr<const Profile> profile;
};
struct NewAmendment {
  CertificateIndex certificate;
  Amendment amendment;
};
struct NewStatus {
  CertificateIndex certificate;
  StatusChange change;
};
struct NewExtension {
  CertificateIndex certificate;
  VolumeExtension extension;
};
struct NewMember {
  CertificateIndex certificate;
  GroupMember member;
};
// The results of one audit: levels of certificates, or what a member of a
// group does.
struct NewAssessment {
  std::vector<NewAmendment> levels;
  CertificateIndex group;  // with a member
  int32_t member = -1;     // its place in the group
  MemberAssessment result;
};
struct NewSourceStatus {
  std::string source;
  SourceChange change;
};
using RegistryChange =
    std::variant<std::monostate, NewScheme, Named<Product>, Named<Party>,
                 Named<Site>, Named<Certificate>, NewAmendment, NewStatus,
                 NewExtension, NewMember, NewAssessment, NewSourceStatus,
                 NewBinding, BindingEnd, NewApproval>;

struct NewBlock {
  std::string name;
  Block block;
  PartyIndex holder;
};

struct Plan {
  int kind = 0;  // of the event
  std::vector<Claims> new_claim_sets;
  std::vector<AccountKey> new_accounts;
  std::vector<Named<Lot>> new_lots;
  std::vector<Posting> postings;
  std::vector<StockChange> stock_changes;
  std::vector<FlowChange> flow_changes;
  std::vector<Named<Shipment>> new_shipments;
  std::vector<ShipmentEnd> shipment_ends;
  std::vector<NewBlock> new_blocks;
  std::vector<SerialMove> serial_moves;
  std::vector<Redemption> new_redemptions;
  std::vector<RedemptionWithdrawal> redemption_withdrawals;
  std::vector<CoverChange> cover_changes;
  std::vector<AttachChange> attach_changes;
  std::vector<CapChange> cap_changes;
  std::vector<NeedChange> need_changes;
  std::vector<ReasonChange> reason_changes;
  std::vector<PeriodChange> new_periods;
  std::vector<PeriodChange> period_changes;
  std::vector<HoldChange> hold_changes;
  std::vector<Named<Contract>> new_contracts;
  std::vector<Delivery> deliveries;
  std::vector<AttributeUse> attribute_uses;
  std::vector<VoidedEvent> voids;
  std::vector<Withholding> withholdings;
  RegistryChange registry_change;
  Decision decision;

  // Empties it and keeps the memory for the next event.
  void Clear();
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_PLAN_H_
