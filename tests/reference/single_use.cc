// R26, attributes of a lot that are claimed once, and R08, contracts.

#include "tests/reference/single_use.h"

#include <algorithm>
#include <string>

#include "tests/reference/account.h"

namespace tally::reference {

namespace {

struct Departure {
  std::string lot;
  Units quantity = 0;
  bool removed = false;      // needs no attribute: written off, lost, found
  bool takes_spent = false;  // of what has lost an attribute first
};

bool Counts(const World& world, const std::optional<Claim>& claim) {
  return claim && !world.schemes.at(claim->scheme).single_use.empty();
}

bool IsPhysical(const std::string& model) {
  return model != kMassBalance && model != kBookAndClaim &&
         model != "CONVENTIONAL";
}

void FromShip(const World& world, const Plan& plan,
              std::vector<Departure>* list) {
  for (const Json& line : plan.body["lines"]) {
    const auto claim = ReadClaim(line);
    if (!line.contains("lot") || !Counts(world, claim)) continue;
    const std::string model = Text(line, "as_model", claim->model);
    if (plan.body.contains("to_site") && IsPhysical(model)) continue;
    list->push_back({Text(line, "lot"), ReadQuantity(world, line), false});
  }
}

void FromAccept(const World& world, const Plan& plan,
                std::vector<Departure>* list) {
  const Shipment& shipment = world.shipments.at(plan.Text("shipment"));
  std::map<std::string, Units> left;
  bool all = !plan.body.contains("lines") || plan.body["lines"].empty();
  if (!all) {
    for (const Json& line : plan.body["lines"]) {
      left[Text(line, "product")] += ReadQuantity(world, line);
    }
  }
  for (const Parcel& parcel : shipment.parcels) {
    Units accepted = parcel.quantity;
    if (!all) {
      accepted = std::min(parcel.quantity, left[parcel.holding.product]);
      left[parcel.holding.product] -= accepted;
    }
    const bool counts =
        std::any_of(parcel.holding.claims.begin(), parcel.holding.claims.end(),
                    [&](const Claim& claim) { return Counts(world, claim); });
    if (parcel.holding.lot.empty() || !counts) continue;
    if (accepted < parcel.quantity) {
      list->push_back(
          {parcel.holding.lot, parcel.quantity - accepted, true, true});
    }
    if (plan.body.contains("lot") && accepted > 0) {
      list->push_back({parcel.holding.lot, accepted, false});
    }
  }
}

std::vector<Departure> DeparturesOf(const World& world, const Plan& plan) {
  std::vector<Departure> list;
  if (plan.kind == "ship") FromShip(world, plan, &list);
  if (plan.kind == "accept") FromAccept(world, plan, &list);
  if (plan.kind == "process") {
    for (const Posting& posting : plan.postings) {
      const bool counts = std::any_of(
          posting.holding.claims.begin(), posting.holding.claims.end(),
          [&](const Claim& claim) { return Counts(world, claim); });
      if (posting.cause == Cause::kProcessIn && posting.quantity < 0 &&
          !posting.holding.lot.empty() && counts) {
        list.push_back({posting.holding.lot, -posting.quantity, false});
      }
    }
  }
  // What a certification body adds to a lot was not gone.
  if (plan.kind == "adjust" && plan.Flag("add") && plan.body.contains("lot") &&
      Counts(world, ReadClaim(plan.body))) {
    list.push_back({plan.Text("lot"), -ReadQuantity(world, plan.body), true});
  }
  const bool one = plan.kind == "consume" || plan.kind == "downgrade" ||
                   (plan.kind == "adjust" && !plan.Flag("add"));
  if (one && plan.body.contains("lot") && Counts(world, ReadClaim(plan.body))) {
    const std::string to = plan.Text("to_model");
    if (plan.kind == "downgrade" && IsPhysical(to)) return list;
    const bool removed = plan.kind == "adjust" || to == "CONVENTIONAL";
    list.push_back(
        {plan.Text("lot"), ReadQuantity(world, plan.body), removed, removed});
  }
  if (plan.kind == "issue_credits" && plan.body.contains("lot") &&
      !world.schemes.at(plan.Text("scheme")).single_use.empty()) {
    list.push_back({plan.Text("lot"), ReadQuantity(world, plan.body), false});
  }
  return list;
}

Units At(const std::map<std::string, Units>& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? 0 : found->second;
}

// Changes what has gone of a lot, or without an attribute, and remembers it.
void Note(const AttributeChange& change, World* world) {
  Units& sum = change.attribute.empty()
                   ? world->lot_gone[change.lot]
                   : world->lot_spent[change.lot][change.attribute];
  sum += change.quantity;
  world->attribute_changes.push_back(change);
}

void ClaimAlone(const World& world, Plan* plan) {
  const std::string lot = plan->Text("lot");
  const std::string attribute = plan->Text("attribute");
  const Units quantity = ReadQuantity(world, plan->body);
  const auto spent = world.lot_spent.find(lot);
  const Units before =
      spent == world.lot_spent.end() ? 0 : At(spent->second, attribute);
  // More than there is, of which nothing was claimed, is a mere shortage.
  if (before > 0 && quantity + before + At(world.lot_gone, lot) >
                        world.lots.at(lot).quantity) {
    plan->Refuse("DOUBLE_ATTRIBUTE", attribute);
  }
  plan->Then([=, position = plan->position](World& after) {
    Note({position, lot, attribute, quantity}, &after);
  });
}

ContractAccount AccountFor(const World& world, const std::string& site,
                           const std::string& product, const Claim& claim) {
  const Account account = AccountOf(
      world, {.site = site, .product = product, .claims = {claim}}, claim);
  return {claim, account.scope, account.group, account.category};
}

}  // namespace

void CheckSingleUse(const World& world, Plan* plan) {
  if (plan->kind == "consume" && plan->body.contains("attribute")) {
    return ClaimAlone(world, plan);
  }
  std::map<std::string, Units> gone = world.lot_gone;
  for (const Departure& one : DeparturesOf(world, *plan)) {
    Units most = 0;
    const auto spent = world.lot_spent.find(one.lot);
    if (spent != world.lot_spent.end()) {
      for (const auto& [attribute, units] : spent->second) {
        most = std::max(most, units);
      }
    }
    if (!one.removed && most > 0 &&
        gone[one.lot] + one.quantity + most > world.lots.at(one.lot).quantity) {
      plan->Refuse("DOUBLE_ATTRIBUTE", one.lot);
    }
    gone[one.lot] += one.quantity;
    plan->Then([one, position = plan->position](World& after) {
      Note({position, one.lot, "", one.quantity}, &after);
      const auto found = after.lot_spent.find(one.lot);
      if (!one.takes_spent || found == after.lot_spent.end()) return;
      // What is written off takes first what has lost an attribute.
      const std::map<std::string, Units> before = found->second;
      for (const auto& [attribute, units] : before) {
        Note({position, one.lot, attribute, -std::min(units, one.quantity)},
             &after);
      }
    });
  }
}

void GiveBackAttributes(int64_t voided, int64_t position, World* world) {
  const std::vector<AttributeChange> changes = world->attribute_changes;
  for (AttributeChange change : changes) {
    if (change.position != voided) continue;
    if (!change.attribute.empty()) {
      change.quantity = std::min(
          change.quantity, world->lot_spent[change.lot][change.attribute]);
    }
    change.position = position;
    change.quantity = -change.quantity;
    Note(change, world);
  }
}

Units BoughtFor(const World& world, const Account& account, Date date) {
  if (!account.IsMassBalance()) return 0;
  const auto& months =
      world.schemes.at(account.claim->scheme).mass_balance.contract_months;
  if (!months) return 0;
  const ContractAccount wanted{*account.claim, account.scope, account.group,
                               account.category};
  Units bought = 0;
  for (const Contract& contract : world.contracts) {
    if (contract.sale || !(contract.account == wanted)) continue;
    if (contract.agreed > date || contract.deliver_by < date ||
        contract.deliver_by > AddMonths(date, *months)) {
      continue;
    }
    bought += contract.quantity - contract.delivered;
  }
  return bought;
}

void PlanAgreeContract(const World& world, Plan* plan) {
  const Claim claim = *ReadClaim(plan->body);
  const Profile& profile = world.schemes.at(claim.scheme);
  Contract contract;
  contract.id = plan->Text("contract");
  contract.sale = plan->Flag("sale");
  contract.quantity = ReadQuantity(world, plan->body);
  contract.agreed = plan->date;
  contract.deliver_by = *ParseDate(plan->Text("deliver_by"));
  contract.position = plan->position;
  contract.account =
      AccountFor(world, plan->Text("site"), plan->Text("product"), claim);
  if (!profile.mass_balance.contract_months) {
    return plan->Refuse("WRONG_ACCOUNT", claim.scheme);
  }
  if (contract.sale) {
    const Account account = AccountOf(world,
                                      {.site = plan->Text("site"),
                                       .product = plan->Text("product"),
                                       .claims = {claim}},
                                      claim);
    Units sold = 0;
    for (const Contract& other : world.contracts) {
      if (other.sale && other.account == contract.account &&
          other.agreed <= plan->date && other.deliver_by >= plan->date) {
        sold += other.quantity - other.delivered;
      }
    }
    const Units stock =
        std::max<Units>(0, LowestFrom(Daily(View(world), account), plan->date));
    if (contract.quantity >
        stock + BoughtFor(world, account, plan->date) - sold) {
      plan->Refuse("INSUFFICIENT", contract.id);
    }
  }
  plan->Then([contract](World& after) { after.contracts.push_back(contract); });
}

void PlanDelivery(const World& world, Plan* plan) {
  if (!plan->body.contains("contract") || plan->kind == "agree_contract") {
    return;
  }
  const std::string id = plan->Text("contract");
  const auto found =
      std::find_if(world.contracts.begin(), world.contracts.end(),
                   [&](const Contract& one) { return one.id == id; });
  const bool sale = plan->kind == "ship";
  if (found == world.contracts.end() || found->sale != sale) {
    return plan->Refuse("INVALID_ARGUMENT", "contract");
  }
  Units moved = 0;
  for (const Posting& posting : plan->postings) {
    if (!posting.boundary.empty()) continue;
    if (!posting.holding.claims.contains(found->account.claim)) continue;
    const Cause cause = sale                      ? Cause::kShip
                        : plan->kind == "receive" ? Cause::kReceive
                                                  : Cause::kAccept;
    if (posting.cause != cause || (posting.quantity < 0) != sale) continue;
    if (AccountFor(world, posting.holding.site, posting.holding.product,
                   found->account.claim) == found->account) {
      moved += sale ? -posting.quantity : posting.quantity;
    }
  }
  if (moved == 0) return plan->Refuse("INVALID_ARGUMENT", "contract");
  plan->Then([id, moved, position = plan->position](World& after) {
    for (Contract& one : after.contracts) {
      if (one.id != id) continue;
      const Units delivered = std::min(moved, one.quantity - one.delivered);
      one.delivered += delivered;
      one.deliveries[position] = delivered;
    }
  });
}

void EndContract(int64_t position, World* world) {
  for (Contract& contract : world->contracts) {
    if (contract.position == position) {
      contract.delivered = contract.quantity;
      contract.ended = true;
    }
  }
}

void GiveBackDeliveries(int64_t voided, World* world) {
  for (Contract& contract : world->contracts) {
    const auto found = contract.deliveries.find(voided);
    if (found == contract.deliveries.end() || contract.ended) continue;
    contract.delivered -= found->second;
  }
}

}  // namespace tally::reference
