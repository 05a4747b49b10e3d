// void: an event turned out false. From the void's date on its effect is
// reversed, whatever balance comes of it. What the event made is flagged, and
// so is all that was made of that; see Voids.
//
// What cannot be taken back, since it has gone on, is a visible deficit. What
// comes back in its stead is withheld until that is made good: the same unit
// is never claimed on both sides.

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "engine/model/limits.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "engine/state/effects.h"
#include "fmt/format.h"

namespace tally {
namespace {

// The number of a kind of event.
template <typename Kind, size_t kFirst = 0>
constexpr int32_t NumberOf() {
  if constexpr (std::is_same_v<std::variant_alternative_t<kFirst, Body>,
                               const Kind*>) {
    return kFirst;
  } else {
    return NumberOf<Kind, kFirst + 1>();
  }
}

template <typename... Kinds>
constexpr bool IsOneOf(int32_t kind) {
  return ((kind == NumberOf<Kinds>()) || ...);
}

// What happened to material and credits. Registry, periods and oversight are
// corrected by later events of their own, and a lapse is the ledger's.
bool CanBeVoid(int32_t kind) {
  return IsOneOf<Originate, Receive, Ship, Accept, Reject, Recall, Process,
                 Downgrade, Adjust, CountStock, Consume, TransferEntitlement,
                 IssueCredits, TransferCredits, RedeemCredits, WithdrawCredits,
                 UnbundleCredits, DeclareClaims, AgreeContract>(kind);
}

// Retirement is final, and so is its withdrawal with a published reason.
bool IsFinal(const Effects& effects) {
  return IsOneOf<RedeemCredits>(effects.kind) ||
         (IsOneOf<WithdrawCredits>(effects.kind) &&
          std::any_of(effects.serials.begin(), effects.serials.end(),
                      [](const SerialChange& change) {
                        return change.before.state == SerialState::kRetired;
                      }));
}

bool HasArrived(ShipmentState state) {
  return state == ShipmentState::kAccepted ||
         state == ShipmentState::kPartlyAccepted;
}

class Reversal {
 public:
  Reversal(Case& c, const VoidTarget& target)
      : c_(c), target_(target), effects_(target.effects) {}

  void Run() {
    FindShipment();
    PostOpposite();
    CorrectBooks();
    FindOwing();
    GiveBack();
    ReduceNeeds();
    MoveSerialsBack();
    WithdrawIssued();
    EndShipments();
    Withhold();
    GiveBackAttributes();
    GiveBackDeliveries();
    EndContract();
    c_.plan.voids.push_back(
        {.event = target_.position, .by = c_.position, .date = c_.date});
  }

 private:
  // The shipment that the event sent, and whether it came back since.
  void FindShipment() {
    const Shipments& shipments = c_.state.shipments();
    const ShipmentIndex found = shipments.FirstFrom(target_.position);
    if (found.value() >= shipments.size() ||
        shipments.at(found).position != target_.position ||
        !shipments.at(found).to.valid()) {
      return;
    }
    shipment_ = found;
    const ShipmentState state = shipments.at(found).state;
    came_back_ = state != ShipmentState::kInTransit && !HasArrived(state);
  }

  void PostOpposite() {
    for (const Posting& posting : effects_.postings) {
      const Quantity delta = posting.delta.Negated();
      if (posting.account.valid()) {
        Post(c_, posting.account, posting.site, posting.product, delta);
      } else {
        Post(c_, posting.boundary, posting.product, delta);
      }
    }
  }

  // From the void on: what came in or went out is taken off again.
  void CorrectBooks() {
    for (StockChange stock : effects_.stock) {
      stock.date = c_.date;
      stock.delta = stock.delta.Negated();
      c_.plan.stock_changes.push_back(stock);
    }
    for (const FlowChange& flow : effects_.flows) {
      FlowChange opposite{.key = flow.key, .date = c_.date};
      opposite.sums.Subtract(flow.sums);
      c_.plan.flow_changes.push_back(opposite);
    }
  }

  bool IsClaimed(AccountIndex account) const {
    return c_.state.accounts().at(account).key.claims != kNoClaims;
  }

  // What the opposite postings took from accounts that do not have it, and
  // from a shipment that is no longer in transit.
  void FindOwing() {
    for (const auto& [account, sum] : c_.posted) {
      if (sum >= 0 || !IsClaimed(account)) continue;
      const Timeline& timeline = c_.state.accounts().at(account).timeline;
      const int128 least = timeline.LeastFrom(c_.date).units() + sum;
      // Below the range OVERFLOW is refused.
      if (least >= 0 || least < -int128{INT64_MAX}) continue;
      owing_.push_back({.account = account,
                        .taken = Quantity(static_cast<int64_t>(-sum)),
                        .lacking = Quantity(static_cast<int64_t>(
                            std::min<int128>(-sum, -least)))});
    }
    if (!shipment_.valid()) return;
    const ShipmentState state = c_.state.shipments().at(shipment_).state;
    if (state == ShipmentState::kInTransit) return;
    owing_.push_back(
        {.shipment = HasArrived(state) ? shipment_ : ShipmentIndex(),
         .taken = Quantity(1),
         .lacking = Quantity(1)});
  }

  // Caps and the reasons of later shortfalls; those of a shipment that came
  // back were given back then. What was booked and is still owed explains a
  // later shortfall as before.
  void GiveBack() {
    Plan& plan = c_.plan;
    for (AttachChange attached : effects_.attached) {
      if (!owing_.empty()) break;
      attached.quantity = attached.quantity.Negated();
      plan.attach_changes.push_back(attached);
    }
    for (CoverChange cover : effects_.covers) {
      cover.date = c_.date;
      cover.delta = cover.delta.Negated();
      plan.cover_changes.push_back(cover);
    }
    if (came_back_) return;
    for (CapChange cap : effects_.caps) {
      cap.quantity = cap.quantity.Negated();
      plan.cap_changes.push_back(cap);
    }
    for (ReasonChange reason : effects_.reasons) {
      reason.booked = owing_.empty() ? reason.booked.Negated() : Quantity();
      reason.sold_under_claim = reason.sold_under_claim.Negated();
      plan.reason_changes.push_back(reason);
    }
  }

  // Running totals count what was needed and debited without the event.
  void ReduceNeeds() {
    for (const NeedChange& change : effects_.needs) {
      RunningNeed running;
      const auto found = c_.state.needs().find(change.key);
      if (found != c_.state.needs().end()) running = found->second;
      for (const NeedChange& planned : c_.plan.need_changes) {
        if (planned.key == change.key) running = planned.after;
      }
      running.need =
          running.need.Minus(change.added.need).value_or(ExactQuantity());
      running.debited =
          std::max(Difference(running.debited, change.added.debited)
                       .value_or(Quantity()),
                   Quantity());
      c_.plan.need_changes.push_back({.key = change.key, .after = running});
    }
  }

  bool HasRoom() const {
    return c_.plan.serial_moves.size() < static_cast<size_t>(kSerialRunsMax);
  }

  void Move(const Serials& serials, const SerialStatus& now,
            SerialStatus after) {
    after.since = std::max(c_.date, now.since);
    c_.plan.serial_moves.push_back({.serials = serials, .after = after});
  }

  // Serials that are still where the event put them. A block whose parts have
  // gone on stays unbundled.
  void MoveSerialsBack() {
    if (IsOneOf<UnbundleCredits>(effects_.kind) && !owing_.empty()) return;
    for (const SerialChange& change : effects_.serials) {
      const Serials& moved = change.move.serials;
      const auto& runs = c_.state.credits().at(moved.block).runs;
      auto run =
          runs.find(c_.state.credits().RunAt(moved.block, moved.from).first);
      for (; run != runs.end() && run->first <= moved.to && HasRoom(); ++run) {
        if (run->second.status != change.move.after) continue;
        Move({moved.block, std::max(run->first, moved.from),
              std::min(run->second.to, moved.to)},
             run->second.status, change.before);
      }
    }
  }

  // Serials of the event's own blocks that are still with their first holder.
  void WithdrawIssued() {
    const Credits& credits = c_.state.credits();
    for (BlockIndex index = credits.FirstFrom(target_.position);
         index.value() < credits.size() &&
         credits.at(index).position == target_.position;
         index = BlockIndex(index.value() + 1)) {
      const Block& block = credits.at(index);
      const PartyIndex holder = effects_.serials.empty()
                                    ? block.issuer
                                    : effects_.serials.front().before.holder;
      const SerialStatus issued{.holder = holder, .since = block.issued_on};
      SerialStatus after = issued;
      after.state = SerialState::kWithdrawn;
      for (const auto& [from, run] : block.runs) {
        if (!HasRoom()) return;
        if (run.status != issued) continue;
        Move({index, from, run.to}, run.status, after);
      }
    }
  }

  void EndShipment(ShipmentIndex index, ShipmentState state) {
    const size_t lines = c_.state.shipments().at(index).lines.size();
    c_.plan.shipment_ends.push_back(
        {index, state, std::vector<Quantity>(lines)});
  }

  // A shipment that was sent in error is back with its sender. One that was
  // ended in error is on its way again, unless what it brought has gone on.
  void EndShipments() {
    if (shipment_.valid() && owing_.empty()) {
      EndShipment(shipment_, ShipmentState::kRecalled);
    }
    for (const ShipmentIndex index : effects_.ended) {
      if (!owing_.empty()) return;
      const Position sent = c_.state.shipments().at(index).position;
      EndShipment(index, c_.state.voids().Contains(sent)
                             ? ShipmentState::kRecalled
                             : ShipmentState::kInTransit);
    }
  }

  // What an account lacks under several claims, it lacks under each of them:
  // that much is withheld of the stock under the one claim alone, and the
  // other way round.
  void WithholdBeside() {
    for (const Posting& posting : effects_.postings) {
      const auto owing = std::find_if(
          owing_.begin(), owing_.end(), [&posting](const Owing& one) {
            return one.account.valid() && one.account == posting.account;
          });
      if (owing == owing_.end() || !posting.site.valid()) continue;
      const Owing whole{.account = owing->account,
                        .taken = owing->lacking,
                        .lacking = owing->lacking};
      for (const AccountIndex beside : Beside(posting)) {
        c_.plan.withholdings.push_back(
            {.account = beside, .quantity = whole.lacking, .owing = {whole}});
      }
    }
  }

  // The holdings that count in an account of the posting's together with it.
  std::vector<AccountIndex> Beside(const Posting& posting) {
    const AccountKey key = c_.state.accounts().at(posting.account).key;
    const Registry& registry = c_.state.registry();
    std::vector<AccountIndex> beside;
    if (ClaimSets::IsSeveral(key.claims)) {
      for (const ClaimIndex claim : c_.state.claim_sets().Members(key.claims)) {
        AccountKey alone = KeyOf(c_.state, c_.date,
                                 {.site = posting.site,
                                  .product = posting.product,
                                  .claims = SetOf(claim),
                                  .lot = key.lot(),
                                  .origin = key.origin});
        beside.push_back(AccountOf(c_, alone));
      }
      return beside;
    }
    const ClaimIndex claim = c_.state.claim_sets().Members(key.claims).front();
    for (const AccountIndex index : c_.state.accounts().OfSeveralClaims(
             registry.at(posting.site).own_scope,
             registry.at(posting.product).own_pool)) {
      const AccountKey& several = c_.state.accounts().at(index).key;
      if (several.lot() == key.lot() &&
          c_.state.claim_sets().Contains(several.claims, claim)) {
        beside.push_back(index);
      }
    }
    return beside;
  }

  void Withhold() {
    if (owing_.empty()) return;
    WithholdBeside();
    for (const auto& [account, sum] : c_.posted) {
      if (sum <= 0 || !IsClaimed(account)) continue;
      c_.plan.withholdings.push_back(
          {.account = account,
           .quantity = Quantity(static_cast<int64_t>(sum)),
           .owing = owing_});
    }
  }

  // What was claimed can be claimed again, unless what the event made of it
  // has gone on.
  void GiveBackAttributes() {
    if (!owing_.empty()) return;
    const AttributeUses& uses = c_.state.attribute_uses();
    for (AttributeUse use : effects_.attributes) {
      // Of what was written off since, as much is left as there is.
      if (!use.attribute.empty() && !use.quantity.IsNegative()) {
        use.quantity =
            std::min(use.quantity, uses.Spent(use.lot, use.attribute));
      }
      use.quantity = use.quantity.Negated();
      c_.plan.attribute_uses.push_back(std::move(use));
    }
  }

  // What was not delivered after all is to be, unless the contract is void.
  void GiveBackDeliveries() {
    for (const Delivery& delivery : effects_.deliveries) {
      const Contract& contract = c_.state.contracts().at(delivery.contract);
      if (c_.state.voids().Contains(contract.position)) continue;
      c_.plan.deliveries.push_back(
          {delivery.contract, delivery.quantity.Negated()});
    }
  }

  // Nothing is to be delivered any more on a contract that never was.
  void EndContract() {
    const ContractIndex index = c_.state.contracts().AgreedAt(target_.position);
    if (!index.valid()) return;
    const Quantity open = c_.state.contracts().at(index).Open();
    if (!open.IsZero()) c_.plan.deliveries.push_back({index, open});
  }

  Case& c_;
  const VoidTarget& target_;
  const Effects& effects_;
  ShipmentIndex shipment_;
  bool came_back_ = false;
  std::vector<Owing> owing_;
};

}  // namespace

void PlanEvent(Case& c, const Void& annul) {
  if (c.void_target == nullptr) {
    c.verdict.Refuse(
        Refuse(Code::kUnknownEvent,
               fmt::format("void.event: no event {} is on this ledger",
                           annul.event.ToString())));
    return;
  }
  const VoidTarget& target = *c.void_target;
  if (!CanBeVoid(target.effects.kind)) {
    RefuseField(c, Code::kInvalidArgument, "void.event", annul.event.ToString(),
                fmt::format("an event of custody or credits, not a {}: what it "
                            "says is corrected by a later one",
                            KindName(target.effects.kind)));
    return;
  }
  if (c.state.voids().Contains(target.position)) {
    c.verdict.Refuse(Refuse(
        Code::kAlreadyVoid,
        fmt::format("void.event: {} is void already", annul.event.ToString())));
    return;
  }
  if (IsFinal(target.effects)) {
    c.verdict.Refuse(
        Refuse(Code::kRetired,
               "void.event: retirement is final; the issuer can withdraw the "
               "credits with a reason that is published"));
    return;
  }
  Reversal(c, target).Run();
}

}  // namespace tally
