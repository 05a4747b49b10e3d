// hold, release, void and set_source_status.

#include <algorithm>
#include <string>
#include <vector>

#include "tests/reference/account.h"
#include "tests/reference/planners.h"
#include "tests/reference/serials.h"
#include "tests/reference/single_use.h"

namespace tally::reference {

namespace {

// Every lot of the event and made from those, and every block made from them.
void FlagDescendants(int64_t position, World* world) {
  std::set<std::string> flagged;
  for (auto& [id, lot] : world->lots) {
    if (lot.position == position) flagged.insert(id);
  }
  for (size_t before = 0; before != flagged.size();) {
    before = flagged.size();
    for (const auto& [id, lot] : world->lots) {
      const bool descends = std::any_of(
          lot.inputs.begin(), lot.inputs.end(),
          [&](const LotInput& input) { return flagged.contains(input.lot); });
      if (descends) flagged.insert(id);
    }
  }
  for (const std::string& id : flagged) {
    world->lots.at(id).flags.insert("UPSTREAM_VOID");
  }
  for (Block& block : world->blocks) {
    const bool descends = block.position == position ||
                          std::any_of(block.lots.begin(), block.lots.end(),
                                      [&](const std::string& lot) {
                                        return flagged.contains(lot);
                                      });
    if (descends) block.flags.insert("UPSTREAM_VOID");
  }
}

// Serials that the event moved and nothing moved since go back to where they
// were; those that it issued are withdrawn.
void UndoMoves(int64_t voided, int64_t position, Date date, World* world) {
  std::vector<SerialMove> undone;
  for (const SerialMove& move : world->moves) {
    if (move.position != voided) continue;
    const Block& block = *world->FindBlock(move.range.block);
    for (const SerialState& now : SerialsOf(*world, block)) {
      const int64_t from = std::max(now.range.from, move.range.from);
      const int64_t to = std::min(now.range.to, move.range.to);
      if (from > to || now.state != "ISSUED" || now.holder != move.holder) {
        continue;
      }
      SerialMove undo = move;
      undo.position = position;
      undo.date = std::max(date, now.since);
      undo.range = {block.id, from, to};
      undo.shipment.clear();
      undo.state = "WITHDRAWN";
      for (const SerialState& then :
           SerialsOf(*world, block, kLastDate, voided - 1)) {
        if (then.range.from <= from && to <= then.range.to) {
          undo.state = then.state;
          undo.holder = then.holder;
        }
      }
      undone.push_back(undo);
    }
  }
  world->moves.insert(world->moves.end(), undone.begin(), undone.end());
}

// Whether all that the void takes is there to be taken.
bool CanBeTakenBack(const World& world, const Plan& plan) {
  const View view(world, &plan);
  for (const Posting& posting : plan.postings) {
    if (posting.quantity >= 0) continue;
    for (const Claim& claim : posting.holding.claims) {
      const Account account = AccountOf(world, posting.holding, claim);
      for (const auto& [day, balance] : Daily(view, account)) {
        if (day >= plan.date && balance < 0) return false;
      }
    }
  }
  return true;
}

// What ended a shipment did not: it is on its way again.
void Reopen(const EventRecord& record, World* world) {
  if (record.kind != "accept" && record.kind != "reject" &&
      record.kind != "recall") {
    return;
  }
  const std::string id = Text(record.event[record.kind], "shipment");
  Shipment& shipment = world->shipments.at(id);
  const bool sent_in_vain =
      std::any_of(world->events.begin(), world->events.end(),
                  [&shipment](const EventRecord& sent) {
                    return sent.position == shipment.position && sent.voided;
                  });
  shipment.state = sent_in_vain ? "RECALLED" : "IN_TRANSIT";
  for (auto& parcel : shipment.parcels) parcel.accepted = 0;
}

// What happened to material and credits; all else is corrected by later
// events of its own.
bool CanBeVoid(const std::string& kind) {
  static const std::set<std::string> kKinds = {
      "originate",        "receive",          "ship",
      "accept",           "reject",           "recall",
      "process",          "downgrade",        "adjust",
      "count_stock",      "consume",          "transfer_entitlement",
      "issue_credits",    "transfer_credits", "redeem_credits",
      "withdraw_credits", "unbundle_credits", "declare_claims",
      "agree_contract"};
  return kKinds.contains(kind);
}

void SettleVoid(int64_t voided, int64_t position, Date date, World* world) {
  for (EventRecord& record : world->events) {
    if (record.position == voided) record.voided = true;
  }
  FlagDescendants(voided, world);
  GiveBackDeliveries(voided, world);
  EndContract(voided, world);
  UndoMoves(voided, position, date, world);
  for (CapDraw& draw : world->cap_draws) {
    if (draw.position == voided) draw.given_back = true;
  }
  std::erase_if(world->needs, [voided](const ComputedNeed& need) {
    return need.position == voided;
  });
  for (auto& [id, shipment] : world->shipments) {
    if (shipment.position == voided && shipment.state == "IN_TRANSIT") {
      shipment.state = "RECALLED";
    }
  }
}

}  // namespace

void PlanHold(const World&, Plan* plan) {
  const bool hold = plan->kind == "hold";
  plan->Then([hold, body = plan->body](World& world) {
    const auto set = [hold](auto* held, const auto& key) {
      if (hold) {
        held->insert(key);
      } else {
        held->erase(key);
      }
    };
    if (body.contains("lot")) set(&world.held_lots, Text(body, "lot"));
    if (body.contains("shipment")) {
      set(&world.held_shipments, Text(body, "shipment"));
    }
    if (body.contains("block")) set(&world.held_blocks, Text(body, "block"));
    if (body.contains("site")) {
      set(&world.held_stock,
          std::make_pair(Text(body, "site"), Text(body, "product")));
    }
  });
}

void PlanVoid(const World& world, Plan* plan) {
  const EventRecord& record = *world.FindEvent(plan->Text("event"));
  if (!CanBeVoid(record.kind)) {
    return plan->Refuse("INVALID_ARGUMENT", record.kind);
  }
  if (record.voided) plan->Refuse("ALREADY_VOID", record.id);
  if (record.kind == "redeem_credits") plan->Refuse("RETIRED", record.id);
  const bool returns = record.kind == "reject" || record.kind == "recall";
  for (const auto& [place, postings] : world.postings) {
    for (const Posting& posting : postings) {
      if (posting.position != record.position) continue;
      // A shipment that lapsed in passing is none of the event's doing.
      if (posting.cause == Cause::kReturn && !returns) continue;
      Posting opposite = posting;
      opposite.position = plan->position;
      opposite.date = plan->date;
      opposite.quantity = -posting.quantity;
      plan->postings.push_back(opposite);
    }
  }
  const bool whole = CanBeTakenBack(world, *plan);
  plan->Then([voided = record.position, position = plan->position,
              date = plan->date, whole, record](World& after) {
    SettleVoid(voided, position, date, &after);
    if (!whole) return;
    Reopen(record, &after);
    GiveBackAttributes(voided, position, &after);
  });
}

void PlanSetSourceStatus(const World&, Plan* plan) {
  SourceStatus status;
  status.source = plan->Text("source");
  status.status = plan->Text("status");
  status.from = *ParseDate(plan->Text("from"));
  if (plan->body.contains("to")) status.to = *ParseDate(plan->Text("to"));
  plan->Then(
      [status](World& world) { world.source_statuses.push_back(status); });
}

}  // namespace tally::reference
