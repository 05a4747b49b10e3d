// Claim sets, lots, accounts, stock, flows and shipments.

#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/snapshot/named_things.h"

namespace tally {

void Write(const ClaimSets& table, StateWriter& out) {
  const auto [sets, indices] = SnapshotAccess::Of(table);
  out.Enter("claim sets");
  out(sets);
}

void Read(StateReader& in, ClaimSets* table) {
  in.Enter("claim sets");
  int64_t count = 0;
  ReadEach(in, [&] {
    Claims claims;
    in(claims);
    if (!in.ok()) return;
    for (size_t i = 1; i < claims.size(); ++i) {
      if (claims[i - 1] >= claims[i]) in.Fail("claims that are not in order");
    }
    if (claims.size() < 2 || table->Find(claims).valid()) {
      return in.Fail("a set that is none of several claims, or is there twice");
    }
    table->Add(claims);
    ++count;
  });
  CheckCount(in, count, in.counts.claim_sets);
}

// What was found out about lots is found out again.
void Write(const Lots& table, StateWriter& out) {
  const auto [names, lots, findings, children] = SnapshotAccess::Of(table);
  out.Enter("lots");
  out.Unsigned(lots.size());
  for (int32_t i = 0; i < table.size() && out.ok(); ++i) {
    out(std::string(table.NameOf(LotIndex(i))), table.at(LotIndex(i)));
  }
}

void Read(StateReader& in, Lots* table) {
  in.Enter("lots");
  ReadEach(in, [&] {
    std::string name;
    Lot lot;
    in(name, lot);
    const auto [names, lots, findings, children] = SnapshotAccess::Of(*table);
    if (!IsNew(in, names, name)) return;
    for (const Parent& parent : lot.parents) {
      if (parent.lot.value() >= table->size())
        in.Fail("a parent that is later");
    }
    if (in.ok()) table->Add(name, std::move(lot));
  });
  CheckCount(in, table->size(), in.counts.lots);
}

namespace {

void Write(const Vintages& table, StateWriter& out) {
  const auto [moves, schedule] = SnapshotAccess::Of(table);
  out(moves);
  CodeList(out, schedule);
}

void Read(StateReader& in, Vintages* table) {
  auto [moves, schedule] = SnapshotAccess::Of(*table);
  in(moves);
  for (size_t i = 1; i < moves.size(); ++i) {
    const auto order_of = [](const VintageMove& move) {
      return std::tuple(move.date, move.kind == MoveKind::kUse);
    };
    if (order_of(moves[i]) < order_of(moves[i - 1])) {
      in.Fail("moves that are not in order");
    }
  }
  ReadEach(in, [&, &schedule = schedule] {
    ExpiryKey key;
    Quantity quantity;
    in(key, quantity);
    if (!schedule.emplace(key, quantity).second) in.Fail("a key twice");
  });
}

void Write(const Account& account, StateWriter& out) {
  const auto& [key, timeline, booked, vintages] = account;
  const auto [days] = SnapshotAccess::Of(timeline);
  out(key, days, booked, vintages != nullptr);
  if (vintages != nullptr) Write(*vintages, out);
}

bool IsOrdered(std::span<const DayBalance> days) {
  for (size_t i = 1; i < days.size(); ++i) {
    if (days[i - 1].date >= days[i].date) return false;
  }
  return true;
}

bool IsItem(const StateCounts& counts, const AccountKey& key) {
  if (key.kind == AccountKind::kHolding) {
    return key.item >= -1 && key.item < counts.lots;
  }
  return key.item >= 0 && key.item < counts.blocks;
}

void ReadAccount(StateReader& in, Accounts* table) {
  AccountKey key;
  in(key);
  if (!in.ok()) return;
  if (!IsItem(in.counts, key)) return in.Fail("an index beyond its table");
  if (table->Find(key).valid()) return in.Fail("an account twice");
  Account& account = table->at(table->Add(key));
  bool has_vintages = false;
  auto [days] = SnapshotAccess::Of(account.timeline);
  in(days, account.booked, has_vintages);
  if (!IsOrdered(days)) in.Fail("days that are not in order");
  if (!has_vintages) return;
  account.vintages = std::make_unique<Vintages>();
  Read(in, account.vintages.get());
}

}  // namespace

void Write(const Accounts& table, StateWriter& out) {
  const auto [accounts, indices, of_scope, of_lot, of_several, of_any_origin,
              sold] = SnapshotAccess::Of(table);
  out.Enter("accounts");
  out.Unsigned(accounts.size());
  for (const Account& account : accounts) {
    if (!out.ok()) return;
    Write(account, out);
  }
  const auto any = [](const auto& entry) {
    for (const auto& [claim, quantity] : entry.second) {
      if (!quantity.IsZero()) return true;
    }
    return false;
  };
  const auto entries =
      Sorted(sold, any, [](const auto& entry) { return entry.first; });
  out.Unsigned(entries.size());
  for (const auto* entry : entries) {
    std::vector<std::pair<ClaimIndex, Quantity>> quantities;
    for (const auto& under : entry->second) {
      if (!under.second.IsZero()) quantities.push_back(under);
    }
    std::sort(quantities.begin(), quantities.end());
    out(entry->first, quantities);
  }
}

void Read(StateReader& in, Accounts* table) {
  in.Enter("accounts");
  ReadEach(in, [&] { ReadAccount(in, table); });
  CheckCount(in, table->size(), in.counts.accounts);
  auto [accounts, indices, of_scope, of_lot, of_several, of_any_origin, sold] =
      SnapshotAccess::Of(*table);
  ReadEach(in, [&, &sold = sold] {
    AccountIndex account;
    in(account);
    if (!in.ok()) return;
    const auto [entry, added] = sold.try_emplace(account);
    if (!added) return in.Fail("a key twice");
    in(entry->second);
  });
}

void Write(const BookStock& table, StateWriter& out) {
  const auto [stock] = SnapshotAccess::Of(table);
  out.Enter("book stock");
  const auto entries =
      Sorted(stock, [](const auto& entry) { return entry.first; });
  out.Unsigned(entries.size());
  for (const auto* entry : entries) {
    out(entry->first);
    out.Unsigned(entry->second.size());
    for (const auto& [date, changes, balance] : entry->second) {
      out(date, changes, balance);
    }
  }
}

void Read(StateReader& in, BookStock* table) {
  auto [stock] = SnapshotAccess::Of(*table);
  in.Enter("book stock");
  ReadEach(in, [&, &stock = stock] {
    std::pair<SiteIndex, ProductIndex> key;
    in(key);
    const auto [entry, added] = stock.try_emplace(key);
    if (!added) return in.Fail("a key twice");
    auto& days = entry->second;
    ReadEach(in, [&] {
      auto& [date, changes, balance] = days.emplace_back();
      in(date, changes, balance);
      if (days.size() > 1 && days[days.size() - 2].date >= date) {
        in.Fail("days that are not in order");
      }
    });
  });
}

// The sum of a month follows from its days.
void Write(const Flows& table, StateWriter& out) {
  const auto [flows] = SnapshotAccess::Of(table);
  out.Enter("flows");
  const auto entries = Sorted(flows, [](const auto& entry) {
    const auto& [scheme, scope, pool] = entry.first;
    return std::tuple(scheme, scope, pool);
  });
  out.Unsigned(entries.size());
  for (const auto* entry : entries) {
    out(entry->first);
    out.Unsigned(entry->second.size());
    for (const auto& [first, sums, days] : entry->second) {
      out(first);
      out.Unsigned(days.size());
      for (const auto& [date, changes, day_sums] : days) {
        out(date, changes, day_sums);
      }
    }
  }
}

namespace {

template <typename Month>
void ReadMonth(StateReader& in, Month* month) {
  in(month->first);
  ReadEach(in, [&] {
    auto& [date, changes, sums] = month->days.emplace_back();
    in(date, changes, sums);
    if (!in.ok()) return;
    const auto& days = month->days;
    if (date.MonthStart() != month->first ||
        (days.size() > 1 && days[days.size() - 2].date >= date)) {
      return in.Fail("days that are not in order");
    }
    month->sums.Add(sums);
  });
}

}  // namespace

void Read(StateReader& in, Flows* table) {
  auto [flows] = SnapshotAccess::Of(*table);
  in.Enter("flows");
  ReadEach(in, [&, &flows = flows] {
    FlowKey key;
    in(key);
    const auto [entry, added] = flows.try_emplace(key);
    if (!added) return in.Fail("a key twice");
    auto& months = entry->second;
    ReadEach(in, [&] {
      ReadMonth(in, &months.emplace_back());
      if (months.size() > 1 &&
          months[months.size() - 2].first >= months.back().first) {
        in.Fail("months that are not in order");
      }
    });
  });
}

void Write(const Shipments& table, StateWriter& out) {
  const auto [names, shipments, due, from, to] = SnapshotAccess::Of(table);
  out.Enter("shipments");
  out.Unsigned(shipments.size());
  for (int32_t i = 0; i < table.size() && out.ok(); ++i) {
    const ShipmentIndex index(i);
    out(table.NameOf(index), table.at(index));
  }
}

void Read(StateReader& in, Shipments* table) {
  in.Enter("shipments");
  ReadEach(in, [&] {
    std::string name;
    Shipment shipment;
    in(name, shipment);
    const auto [names, shipments, due, from, to] = SnapshotAccess::Of(*table);
    if (IsNew(in, names, name)) table->Add(name, std::move(shipment));
  });
  CheckCount(in, table->size(), in.counts.shipments);
}

}  // namespace tally
