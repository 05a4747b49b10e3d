#include "engine/state/state.h"

#include <variant>

#include "engine/base/check.h"
#include "engine/state/vintage_moves.h"

namespace tally {

void Plan::Clear() {
  kind = 0;
  new_claim_sets.clear();
  new_accounts.clear();
  new_lots.clear();
  postings.clear();
  stock_changes.clear();
  flow_changes.clear();
  new_shipments.clear();
  shipment_ends.clear();
  new_blocks.clear();
  serial_moves.clear();
  new_redemptions.clear();
  redemption_withdrawals.clear();
  cover_changes.clear();
  attach_changes.clear();
  cap_changes.clear();
  need_changes.clear();
  reason_changes.clear();
  new_periods.clear();
  period_changes.clear();
  hold_changes.clear();
  new_contracts.clear();
  deliveries.clear();
  attribute_uses.clear();
  voids.clear();
  withholdings.clear();
  registry_change = std::monostate();
  decision.warnings.clear();
  decision.figures.clear();
  decision.serials.clear();
  decision.inputs.clear();
}

int128 State::BoundaryTotal(ProductIndex product, Boundary boundary) const {
  const auto place = static_cast<size_t>(product.value());
  if (place >= boundaries_.size()) return 0;
  return boundaries_[place][static_cast<size_t>(boundary)];
}

void State::Apply(const Plan& plan, Undo* undo) {
  ApplyRegistry(plan);
  for (const Claims& claims : plan.new_claim_sets) claim_sets_.Add(claims);
  for (const Named<Lot>& lot : plan.new_lots) lots_.Add(lot.name, lot.thing);
  ApplyPostings(plan);
  ApplyShipments(plan, undo);
  ApplyCredits(plan, undo);
  ApplyRedemptions(plan);
  ApplyPeriods(plan, undo);
  ApplyNeedsAndHolds(plan, undo);
  for (const CapChange& change : plan.cap_changes) {
    certificates_.Use(change.certificate, change.key, change.quantity);
  }
  ApplyContracts(plan);
  ApplyVoids(plan);
}

void State::ApplyContracts(const Plan& plan) {
  for (const Named<Contract>& contract : plan.new_contracts) {
    contracts_.Add(contract.name, contract.thing);
  }
  for (const Delivery& delivery : plan.deliveries) {
    contracts_.Deliver(delivery);
  }
  for (const AttributeUse& use : plan.attribute_uses) attribute_uses_.Add(use);
}

void State::RevertContracts(const Plan& plan) {
  for (size_t i = plan.attribute_uses.size(); i-- > 0;) {
    attribute_uses_.TakeBack(plan.attribute_uses[i]);
  }
  for (const Delivery& delivery : plan.deliveries) {
    contracts_.Deliver({delivery.contract, delivery.quantity.Negated()});
  }
  for (size_t i = 0; i < plan.new_contracts.size(); ++i) {
    contracts_.RemoveLast();
  }
}

void State::Revert(const Plan& plan, const Undo& undo) {
  RevertVoids(plan);
  RevertContracts(plan);
  for (const CapChange& change : plan.cap_changes) {
    certificates_.Use(change.certificate, change.key,
                      change.quantity.Negated());
  }
  for (size_t i = plan.hold_changes.size(); i-- > 0;) {
    holds_.Set(plan.hold_changes[i].target, undo.holds[i]);
  }
  for (size_t i = plan.need_changes.size(); i-- > 0;) {
    const auto& [was_there, before] = undo.needs[i];
    if (was_there) {
      needs_[plan.need_changes[i].key] = before;
    } else {
      needs_.erase(plan.need_changes[i].key);
    }
  }
  RevertPeriods(plan, undo);
  RevertRedemptions(plan);
  RevertCredits(plan, undo);
  for (size_t i = plan.shipment_ends.size(); i-- > 0;) {
    const auto& [state, accepted] = undo.shipments[i];
    shipments_.SetState(plan.shipment_ends[i].shipment, state, accepted);
  }
  for (size_t i = 0; i < plan.new_shipments.size(); ++i) {
    shipments_.RemoveLast();
  }
  RevertPostings(plan);
  for (size_t i = 0; i < plan.new_lots.size(); ++i) lots_.RemoveLast();
  for (size_t i = 0; i < plan.new_claim_sets.size(); ++i) {
    claim_sets_.RemoveLast();
  }
  RevertRegistry(plan);
}

void State::Cross(const Posting& posting, Quantity delta) {
  const auto product = static_cast<size_t>(posting.product.value());
  if (product >= boundaries_.size()) boundaries_.resize(product + 1);
  boundaries_[product][static_cast<size_t>(posting.boundary)] += delta.units();
}

void State::AddAccounts(const Plan& plan) {
  for (const AccountKey& key : plan.new_accounts) {
    const AccountIndex index = accounts_.Add(key);
    if (key.kind != AccountKind::kHolding ||
        !KeepsVintages(schemes_, claim_sets_.Members(key.claims))) {
      continue;
    }
    accounts_.at(index).vintages = std::make_unique<Vintages>();
  }
}

// A version that is the first to give entitlements periods or an end finds
// accounts that kept no moves. What each day changed is then one entry or one
// use; the version before says how long what came in under it lasts.
void State::KeepVintages(SchemeIndex scheme) {
  const ClaimIndex claim = ClaimOf(scheme, Model::kMassBalance);
  for (int32_t i = 0; i < accounts_.size(); ++i) {
    Account& account = accounts_.at(AccountIndex(i));
    if (account.key.kind != AccountKind::kHolding ||
        !claim_sets_.Contains(account.key.claims, claim)) {
      continue;
    }
    const bool keeps =
        tally::KeepsVintages(schemes_, claim_sets_.Members(account.key.claims));
    if (keeps == (account.vintages != nullptr)) continue;
    account.vintages = keeps ? std::make_unique<Vintages>() : nullptr;
    if (!keeps) continue;
    for (const VintageMove& move : MovesOfDays(registry_, account)) {
      account.vintages->Add(move);
    }
  }
}

void State::MoveVintages(const Plan& plan, const Posting& posting) {
  Vintages* vintages = accounts_.at(posting.account).vintages.get();
  if (vintages == nullptr) return;
  if (posting.expiry == Expiry::kNone) {
    vintages->Add(MoveOf(plan, posting, shipments_));
    return;
  }
  vintages->Schedule(
      {posting.date, posting.expiry, posting.site, posting.product},
      posting.delta.Negated());
}

void State::UnmoveVintages(const Plan& plan, const Posting& posting) {
  Vintages* vintages = accounts_.at(posting.account).vintages.get();
  if (vintages == nullptr) return;
  if (posting.expiry == Expiry::kNone) {
    vintages->Remove(MoveOf(plan, posting, shipments_));
    return;
  }
  vintages->Schedule(
      {posting.date, posting.expiry, posting.site, posting.product},
      posting.delta);
}

void State::ApplyPeriods(const Plan& plan, Undo* undo) {
  for (const PeriodChange& change : plan.new_periods) {
    periods_.Open(change.key, change.period);
  }
  for (const PeriodChange& change : plan.period_changes) {
    Period before = periods_.Replace(change.key, change.period);
    if (undo != nullptr) undo->periods.push_back(std::move(before));
  }
}

void State::RevertPeriods(const Plan& plan, const Undo& undo) {
  for (size_t i = plan.period_changes.size(); i-- > 0;) {
    periods_.Replace(plan.period_changes[i].key, undo.periods[i]);
  }
  for (const PeriodChange& change : plan.new_periods) {
    periods_.RemoveLast(change.key);
  }
}

void State::ApplyPostings(const Plan& plan) {
  AddAccounts(plan);
  for (const Posting& posting : plan.postings) {
    if (posting.account.valid()) {
      accounts_.at(posting.account).timeline.Post(posting.date, posting.delta);
      MoveVintages(plan, posting);
    } else {
      Cross(posting, posting.delta);
    }
  }
  for (const ReasonChange& change : plan.reason_changes) {
    const bool fits = accounts_.at(change.account).booked.Add(change.booked);
    TALLY_CHECK(fits);
    if (change.sold_under_claim.IsZero()) continue;
    accounts_.AddSold(change.account, change.claim, change.sold_under_claim);
  }
  for (const StockChange& change : plan.stock_changes) {
    book_stock_.Apply(change);
  }
  for (const FlowChange& change : plan.flow_changes) flows_.Apply(change);
}

void State::RevertPostings(const Plan& plan) {
  for (const FlowChange& change : plan.flow_changes) flows_.TakeBack(change);
  for (const StockChange& change : plan.stock_changes) {
    book_stock_.TakeBack(change);
  }
  for (const ReasonChange& change : plan.reason_changes) {
    const bool fits =
        accounts_.at(change.account).booked.Subtract(change.booked);
    TALLY_CHECK(fits);
    if (change.sold_under_claim.IsZero()) continue;
    accounts_.AddSold(change.account, change.claim,
                      change.sold_under_claim.Negated());
  }
  for (size_t i = plan.postings.size(); i-- > 0;) {
    const Posting& posting = plan.postings[i];
    if (posting.account.valid()) {
      UnmoveVintages(plan, posting);
      accounts_.at(posting.account)
          .timeline.Unpost(posting.date, posting.delta);
    } else {
      Cross(posting, posting.delta.Negated());
    }
  }
  for (size_t i = 0; i < plan.new_accounts.size(); ++i) {
    accounts_.RemoveLast();
  }
}

void State::ApplyShipments(const Plan& plan, Undo* undo) {
  for (const Named<Shipment>& shipment : plan.new_shipments) {
    shipments_.Add(shipment.name, shipment.thing);
  }
  for (const ShipmentEnd& end : plan.shipment_ends) {
    if (undo != nullptr) {
      const Shipment& before = shipments_.at(end.shipment);
      std::vector<Quantity> accepted;
      for (const ShipmentLine& line : before.lines) {
        accepted.push_back(line.accepted);
      }
      undo->shipments.emplace_back(before.state, std::move(accepted));
    }
    shipments_.SetState(end.shipment, end.state, end.accepted);
  }
}

void State::ApplyCredits(const Plan& plan, Undo* undo) {
  for (const NewBlock& block : plan.new_blocks) {
    credits_.Add(block.name, block.block, block.holder);
  }
  for (const SerialMove& move : plan.serial_moves) {
    const SerialMove back = credits_.Move(move);
    if (undo != nullptr) undo->serial_moves.push_back(back);
  }
}

void State::RevertCredits(const Plan& plan, const Undo& undo) {
  for (size_t i = undo.serial_moves.size(); i-- > 0;) {
    credits_.MoveBack(undo.serial_moves[i]);
  }
  for (size_t i = 0; i < plan.new_blocks.size(); ++i) credits_.RemoveLast();
}

void State::ApplyRedemptions(const Plan& plan) {
  for (const Redemption& redemption : plan.new_redemptions) {
    redemptions_.Add(redemption);
  }
  for (const RedemptionWithdrawal& withdrawal : plan.redemption_withdrawals) {
    redemptions_.Withdraw(withdrawal);
  }
  for (const CoverChange& change : plan.cover_changes) covers_.Apply(change);
  for (const AttachChange& change : plan.attach_changes) {
    attached_credits_.Attach(change);
  }
}

void State::RevertRedemptions(const Plan& plan) {
  for (const AttachChange& change : plan.attach_changes) {
    attached_credits_.Detach(change);
  }
  for (CoverChange change : plan.cover_changes) {
    change.delta = change.delta.Negated();
    covers_.Apply(change);
  }
  for (size_t i = plan.redemption_withdrawals.size(); i-- > 0;) {
    redemptions_.RemoveWithdrawal(plan.redemption_withdrawals[i].redemption);
  }
  for (size_t i = 0; i < plan.new_redemptions.size(); ++i) {
    redemptions_.RemoveLast();
  }
}

void State::ApplyNeedsAndHolds(const Plan& plan, Undo* undo) {
  for (const NeedChange& change : plan.need_changes) {
    const auto [place, added] = needs_.try_emplace(change.key);
    if (undo != nullptr) undo->needs.emplace_back(!added, place->second);
    place->second = change.after;
  }
  for (const HoldChange& change : plan.hold_changes) {
    if (undo != nullptr) undo->holds.push_back(holds_.Contains(change.target));
    holds_.Set(change.target, change.held);
  }
}

void State::ApplyVoids(const Plan& plan) {
  for (const VoidedEvent& voided : plan.voids) voids_.Add(voided);
  for (const Withholding& withholding : plan.withholdings) {
    withholdings_.Add(withholding);
  }
}

void State::RevertVoids(const Plan& plan) {
  for (size_t i = plan.withholdings.size(); i-- > 0;) {
    withholdings_.RemoveLast(plan.withholdings[i].account);
  }
  for (size_t i = 0; i < plan.voids.size(); ++i) voids_.RemoveLast();
}

struct State::Registrar {
  State* state;

  void operator()(std::monostate) const {}
  void operator()(const NewScheme& change) const {
    state->schemes_.Add(change.profile);
    state->KeepVintages(state->schemes_.Find(change.profile->scheme));
  }
  void operator()(const Named<Product>& change) const {
    state->registry_.AddProduct(change.name, change.thing);
  }
  void operator()(const Named<Party>& change) const {
    state->registry_.AddParty(change.name, change.thing);
  }
  void operator()(const Named<Site>& change) const {
    state->registry_.AddSite(change.name, change.thing);
  }
  void operator()(const Named<Certificate>& change) const {
    state->certificates_.Add(change.name, change.thing);
  }
  void operator()(const NewAmendment& change) const {
    state->certificates_.AddAmendment(change.certificate, change.amendment);
  }
  void operator()(const NewStatus& change) const {
    state->certificates_.AddStatus(change.certificate, change.change);
  }
  void operator()(const NewAssessment& change) const {
    for (const NewAmendment& level : change.levels) {
      state->certificates_.AddAmendment(level.certificate, level.amendment);
    }
    if (change.member >= 0) {
      state->certificates_.AddAssessment(change.group, change.member,
                                         change.result);
    }
  }
  void operator()(const NewExtension& change) const {
    state->certificates_.AddExtension(change.certificate, change.extension);
  }
  void operator()(const NewMember& change) const {
    state->certificates_.AddMember(change.certificate, change.member);
  }
  void operator()(const NewSourceStatus& change) const {
    state->sources_.Add(change.source, change.change);
  }
  void operator()(const NewBinding& change) const {
    state->bindings_.Apply(change);
  }
  void operator()(const BindingEnd& change) const {
    state->bindings_.Apply(change);
  }
  void operator()(const NewApproval& change) const {
    state->bindings_.Apply(change);
  }
};

struct State::Unregistrar {
  State* state;

  void operator()(std::monostate) const {}
  void operator()(const NewScheme& change) const {
    const SchemeIndex scheme = state->schemes_.Find(change.profile->scheme);
    const bool was_first = state->schemes_.Versions(scheme).size() == 1;
    state->schemes_.Remove(scheme, change.profile->effective_from);
    if (!was_first) state->KeepVintages(scheme);
  }
  void operator()(const Named<Product>&) const {
    state->registry_.RemoveLastProduct();
  }
  void operator()(const Named<Party>&) const {
    state->registry_.RemoveLastParty();
  }
  void operator()(const Named<Site>&) const {
    state->registry_.RemoveLastSite();
  }
  void operator()(const Named<Certificate>&) const {
    state->certificates_.RemoveLast();
  }
  void operator()(const NewAmendment& change) const {
    state->certificates_.RemoveAmendment(change.certificate);
  }
  void operator()(const NewStatus& change) const {
    state->certificates_.RemoveStatus(change.certificate);
  }
  void operator()(const NewExtension& change) const {
    state->certificates_.RemoveExtension(change.certificate);
  }
  void operator()(const NewAssessment& change) const {
    if (change.member >= 0) {
      state->certificates_.RemoveAssessment(change.group, change.member);
    }
    for (size_t i = change.levels.size(); i-- > 0;) {
      state->certificates_.RemoveAmendment(change.levels[i].certificate);
    }
  }
  void operator()(const NewMember& change) const {
    state->certificates_.RemoveMember(change.certificate);
  }
  void operator()(const NewSourceStatus& change) const {
    state->sources_.RemoveLast(change.source);
  }
  void operator()(const NewBinding& change) const {
    state->bindings_.Revert(change);
  }
  void operator()(const BindingEnd& change) const {
    state->bindings_.Revert(change);
  }
  void operator()(const NewApproval& change) const {
    state->bindings_.Revert(change);
  }
};

void State::ApplyRegistry(const Plan& plan) {
  std::visit(Registrar{this}, plan.registry_change);
}

void State::RevertRegistry(const Plan& plan) {
  std::visit(Unregistrar{this}, plan.registry_change);
}

}  // namespace tally
