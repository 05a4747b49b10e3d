// Holds, periods, bindings, running needs, voids and what they withhold;
// boundaries.

#include <string>
#include <tuple>
#include <utility>

#include "engine/snapshot/named_things.h"

namespace tally {
namespace {

// A target by number: its kind, then the index of what it is; the site and
// the product where it is stock.
enum TargetKind : uint8_t { kLot, kShipment, kBlock, kStock };

template <typename Index>
HoldTarget ReadTarget(StateReader& in) {
  Index index;
  in(index);
  return HoldTarget(index);
}

HoldTarget ReadHoldTarget(StateReader& in) {
  const uint64_t kind = in.Unsigned();
  if (kind == kLot) return ReadTarget<LotIndex>(in);
  if (kind == kShipment) return ReadTarget<ShipmentIndex>(in);
  if (kind == kBlock) return ReadTarget<BlockIndex>(in);
  if (kind != kStock) {
    in.Fail("something that cannot be held");
    return HoldTarget();
  }
  SiteIndex site;
  ProductIndex product;
  in(site, product);
  return HoldTarget(site, product);
}

}  // namespace

void Write(const Holds& table, StateWriter& out) {
  const auto [held] = SnapshotAccess::Of(table);
  out.Enter("holds");
  const auto targets = Sorted(held, [](const HoldTarget& target) {
    const auto [kind, first, second] = SnapshotAccess::Of(target);
    return std::tuple(static_cast<int>(kind), first, second);
  });
  out.Unsigned(targets.size());
  for (const HoldTarget* target : targets) {
    const auto [kind, first, second] = SnapshotAccess::Of(*target);
    out.Unsigned(static_cast<uint64_t>(kind));
    out.Unsigned(static_cast<uint64_t>(first));
    if (second >= 0) out.Unsigned(static_cast<uint64_t>(second));
  }
}

void Read(StateReader& in, Holds* table) {
  in.Enter("holds");
  ReadEach(in, [&] {
    const HoldTarget target = ReadHoldTarget(in);
    if (in.ok()) table->Set(target, true);
  });
}

// The accounts of a scope are in order of arrival; the periods of each follow.
void Write(const Periods& table, StateWriter& out) {
  const auto [periods, of_scope, due] = SnapshotAccess::Of(table);
  out.Enter("periods");
  out.Unsigned(periods.size());
  for (const auto* scope :
       Sorted(of_scope, [](const auto& entry) { return entry.first; })) {
    for (const PeriodKey& key : scope->second) {
      out(key);
      CodeList(out, table.Of(key));
    }
  }
}

void Read(StateReader& in, Periods* table) {
  in.Enter("periods");
  ReadEach(in, [&] {
    PeriodKey key;
    std::vector<Period> periods;
    in(key, periods);
    if (!in.ok()) return;
    if (periods.empty() || !table->Of(key).empty()) {
      return in.Fail("an account without periods, or twice");
    }
    Date after = periods.front().days.first.AddDays(-1);
    for (Period& period : periods) {
      if (period.days.first <= after || period.days.last < period.days.first) {
        return in.Fail("periods that are not in order");
      }
      after = period.days.last;
      table->Open(key, std::move(period));
    }
  });
}

// The approvals of an event are in order of arrival.
void Write(const Bindings& table, StateWriter& out) {
  const auto [bindings, of, approvals] = SnapshotAccess::Of(table);
  out.Enter("bindings");
  out(bindings);
  const auto events =
      Sorted(approvals, [](const auto& entry) { return entry.first; });
  size_t count = 0;
  for (const auto* event : events) count += event->second.size();
  out.Unsigned(count);
  for (const auto* event : events) {
    for (const Approval& approval : event->second) out(approval);
  }
}

void Read(StateReader& in, Bindings* table) {
  in.Enter("bindings");
  ReadEach(in, [&] {
    NewBinding change;
    in(change.binding);
    if (in.ok()) table->Apply(change);
  });
  ReadEach(in, [&] {
    NewApproval change;
    in(change.approval);
    if (in.ok()) table->Apply(change);
  });
}

void Write(const RunningNeeds& table, StateWriter& out) {
  out.Enter("needs");
  const auto entries = Sorted(table, [](const auto& entry) {
    const auto& [site, process, input, claim] = entry.first;
    return std::tie(site, process, input, claim);
  });
  out.Unsigned(entries.size());
  for (const auto* entry : entries) out(*entry);
}

void Read(StateReader& in, RunningNeeds* table) {
  in.Enter("needs");
  ReadEach(in, [&] {
    NeedKey key;
    RunningNeed need;
    in(key, need);
    if (!table->emplace(key, need).second) in.Fail("a key twice");
  });
}

// What is open of a contract follows from the contract.
void Write(const Contracts& table, StateWriter& out) {
  const auto [names, contracts, open] = SnapshotAccess::Of(table);
  out.Enter("contracts");
  out.Unsigned(contracts.size());
  for (int32_t i = 0; i < table.size() && out.ok(); ++i) {
    const ContractIndex index(i);
    out(table.NameOf(index), table.at(index));
  }
}

void Read(StateReader& in, Contracts* table) {
  in.Enter("contracts");
  ReadEach(in, [&] {
    std::string name;
    Contract contract;
    in(name, contract);
    const auto [names, contracts, open] = SnapshotAccess::Of(*table);
    if (!IsNew(in, names, name)) return;
    if (contract.delivered.IsNegative() ||
        contract.quantity < contract.delivered) {
      return in.Fail("a contract of which more is delivered than it is about");
    }
    table->Add(name, contract);
  });
}

void Write(const AttributeUses& table, StateWriter& out) {
  const auto [uses] = SnapshotAccess::Of(table);
  out.Enter("attribute uses");
  const auto entries =
      Sorted(uses, [](const auto& entry) { return entry.first; });
  out.Unsigned(entries.size());
  for (const auto* entry : entries) {
    out(entry->first, entry->second.gone);
    CodeList(out, entry->second.spent);
  }
}

void Read(StateReader& in, AttributeUses* table) {
  in.Enter("attribute uses");
  ReadEach(in, [&] {
    LotIndex lot;
    Quantity gone;
    in(lot, gone);
    if (in.ok() && table->SpentOf(lot) != nullptr) in.Fail("a key twice");
    if (!in.ok()) return;
    table->Add({.lot = lot, .attribute = "", .quantity = gone});
    ReadEach(in, [&] {
      std::string attribute;
      Quantity spent;
      in(attribute, spent);
      if (attribute.empty() || !table->Spent(lot, attribute).IsZero()) {
        in.Fail("an attribute without name, or twice");
      }
      if (!in.ok()) return;
      table->Add({.lot = lot, .attribute = attribute, .quantity = spent});
    });
  });
}

// Stamps number the voids anew: nothing that was found out about lots is
// there to compare them with.
void Write(const Voids& table, StateWriter& out) {
  const auto [voids, places, next_stamp] = SnapshotAccess::Of(table);
  out.Enter("voids");
  out.Unsigned(voids.size());
  for (const auto& [voided, stamp, first_from_here] : voids) out(voided);
}

void Read(StateReader& in, Voids* table) {
  in.Enter("voids");
  ReadEach(in, [&] {
    VoidedEvent voided;
    in(voided);
    if (!in.ok()) return;
    const int32_t size = table->size();
    if (table->Contains(voided.event) ||
        (size > 0 && table->at(size - 1).by >= voided.by)) {
      return in.Fail("voids that are not in order, or a void twice");
    }
    table->Add(voided);
  });
}

void Write(const Withholdings& table, StateWriter& out) {
  const auto [of_account] = SnapshotAccess::Of(table);
  out.Enter("withholdings");
  const auto entries =
      Sorted(of_account, [](const auto& entry) { return entry.first; });
  size_t count = 0;
  for (const auto* entry : entries) count += entry->second.size();
  out.Unsigned(count);
  for (const auto* entry : entries) {
    for (const Withholding& withholding : entry->second) out(withholding);
  }
}

void Read(StateReader& in, Withholdings* table) {
  in.Enter("withholdings");
  ReadEach(in, [&] {
    Withholding withholding;
    in(withholding);
    if (in.ok()) table->Add(std::move(withholding));
  });
}

void Write(const BoundarySums& table, StateWriter& out) {
  out.Enter("boundaries");
  size_t count = table.size();
  while (count > 0 && table[count - 1] == BoundaryTotals{}) --count;
  out.Unsigned(count);
  for (size_t i = 0; i < count; ++i) {
    for (const int128 total : table[i]) out(total);
  }
}

void Read(StateReader& in, BoundarySums* table) {
  in.Enter("boundaries");
  ReadEach(in, [&] {
    for (int128& total : table->emplace_back()) in(total);
  });
  if (static_cast<int64_t>(table->size()) > in.counts.products) {
    in.Fail("another number than there should be");
  }
}

}  // namespace tally
