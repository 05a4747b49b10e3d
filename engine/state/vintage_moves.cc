#include "engine/state/vintage_moves.h"

#include <algorithm>
#include <type_traits>
#include <variant>

#include "engine/model/event.h"

namespace tally {
namespace {

bool SetsAnEnd(const Profile& profile) {
  const MassBalanceTerms& terms = profile.mass_balance;
  return terms.IsFixedPeriod() ||
         terms.carry_over.kind != CarryOverKind::kUnlimited ||
         (profile.certificate.gap_voids_carry && profile.certificate.required);
}

// The shipment that the plan sends back; not valid() where it sends none.
ShipmentIndex SentBack(const Plan& plan) {
  for (const ShipmentEnd& end : plan.shipment_ends) {
    if (end.state == ShipmentState::kRejected ||
        end.state == ShipmentState::kRecalled ||
        end.state == ShipmentState::kLapsed) {
      return end.shipment;
    }
  }
  return ShipmentIndex();
}

// The number of define_scheme among the kinds of events: what an account held
// before a version set an end to it.
constexpr uint8_t kDefineSchemeKind = 25;
static_assert(
    std::is_same_v<std::variant_alternative_t<kDefineSchemeKind, Body>,
                   const DefineScheme*>);

}  // namespace

bool KeepsVintages(const Schemes& schemes, SchemeIndex scheme) {
  const auto& versions = schemes.Versions(scheme);
  return std::any_of(versions.begin(), versions.end(),
                     [](const auto& profile) { return SetsAnEnd(*profile); });
}

bool KeepsVintages(const Schemes& schemes, const Claims& claims) {
  for (const ClaimIndex claim : claims) {
    if (ModelOf(claim) == Model::kMassBalance &&
        KeepsVintages(schemes, SchemeOf(claim))) {
      return true;
    }
  }
  return false;
}

VintageMove MoveOf(const Plan& plan, const Posting& posting,
                   const Shipments& shipments) {
  VintageMove move{.date = posting.date,
                   .event_kind = static_cast<uint8_t>(plan.kind),
                   .site = posting.site,
                   .product = posting.product,
                   .quantity = posting.delta};
  const ShipmentIndex back = SentBack(plan);
  if (posting.delta < Quantity()) {
    move.kind = MoveKind::kUse;
    move.quantity = posting.delta.Negated();
    // What is sent outside of the ledger never comes back.
    if (!plan.new_shipments.empty() &&
        plan.new_shipments.front().thing.to.valid()) {
      move.shipment = ShipmentIndex(shipments.size());
    }
  } else if (back.valid()) {
    move.kind = MoveKind::kReturn;
    move.shipment = back;
  }
  return move;
}

std::vector<VintageMove> MovesOfDays(const Registry& registry,
                                     const Account& account) {
  std::vector<VintageMove> moves;
  const SiteIndex site = registry.SitesOf(account.key.scope).front();
  const ProductIndex product = registry.at(account.key.pool).first_product;
  Quantity before;
  for (const DayBalance& day : account.timeline.days()) {
    const Quantity change = *Difference(day.balance, before);
    before = day.balance;
    if (change.IsZero()) continue;
    const bool use = change.IsNegative();
    moves.push_back({.date = day.date,
                     .kind = use ? MoveKind::kUse : MoveKind::kEntry,
                     .event_kind = kDefineSchemeKind,
                     .site = site,
                     .product = product,
                     .quantity = use ? change.Negated() : change});
  }
  return moves;
}

}  // namespace tally
