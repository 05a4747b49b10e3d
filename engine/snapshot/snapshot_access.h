// The one door through which snapshots see what the tables of State keep to
// themselves. Each table is taken apart into all of its members by name.
//
// A member that is new does not compile here: it then gets its place in the
// table's Write and Read beside this file (tables_*.cc), and
// kSnapshotFormat of snapshot_head.h goes up by one. Where it follows from
// other members, its Read lets the table work it out.

#ifndef TALLY_ENGINE_SNAPSHOT_SNAPSHOT_ACCESS_H_
#define TALLY_ENGINE_SNAPSHOT_SNAPSHOT_ACCESS_H_

#include <concepts>
#include <tuple>
#include <type_traits>

#include "engine/state/state.h"

namespace tally {

template <typename T, typename Table>
concept SameTable = std::same_as<std::remove_const_t<T>, Table>;

struct SnapshotAccess {
  static auto Of(SameTable<State> auto& state) {
    auto& [registry, schemes, claim_sets, accounts, book_stock, flows, lots,
           shipments, credits, redemptions, covers, attached_credits,
           certificates, contracts, attribute_uses, holds, periods, bindings,
           sources, needs, voids, withholdings, boundaries] = state;
    return std::tie(registry, schemes, claim_sets, accounts, book_stock, flows,
                    lots, shipments, credits, redemptions, covers,
                    attached_credits, certificates, contracts, attribute_uses,
                    holds, periods, bindings, sources, needs, voids,
                    withholdings, boundaries);
  }

  template <typename Index>
  static auto Of(const Names<Index>& table) {
    auto& [texts, names, indices] = table;
    return std::tie(names, indices);
  }
  static auto Of(SameTable<Accounts> auto& table) {
    auto& [accounts, indices, of_scope, of_lot, of_several, of_any_origin,
           sold] = table;
    return std::tie(accounts, indices, of_scope, of_lot, of_several,
                    of_any_origin, sold);
  }
  static auto Of(SameTable<Timeline> auto& table) {
    auto& [days] = table;
    return std::tie(days);
  }
  static auto Of(SameTable<Vintages> auto& table) {
    auto& [moves, schedule] = table;
    return std::tie(moves, schedule);
  }
  static auto Of(SameTable<AttachedCredits> auto& table) {
    auto& [attached] = table;
    return std::tie(attached);
  }
  static auto Of(SameTable<Bindings> auto& table) {
    auto& [bindings, of, approvals] = table;
    return std::tie(bindings, of, approvals);
  }
  static auto Of(SameTable<AttributeUses> auto& table) {
    auto& [uses] = table;
    return std::tie(uses);
  }
  static auto Of(SameTable<BookStock> auto& table) {
    auto& [stock] = table;
    return std::tie(stock);
  }
  static auto Of(SameTable<Certificates> auto& table) {
    auto& [names, certificates, of_site, of_holder, newly_covered] = table;
    return std::tie(names, certificates, of_site, of_holder, newly_covered);
  }
  static auto Of(SameTable<ClaimSets> auto& table) {
    auto& [sets, indices] = table;
    return std::tie(sets, indices);
  }
  static auto Of(SameTable<Contracts> auto& table) {
    auto& [names, contracts, open] = table;
    return std::tie(names, contracts, open);
  }
  static auto Of(SameTable<Covers> auto& table) {
    auto& [covers] = table;
    return std::tie(covers);
  }
  static auto Of(SameTable<Credits> auto& table) {
    auto& [names, blocks, held, evidence] = table;
    return std::tie(names, blocks, held, evidence);
  }
  static auto Of(SameTable<Flows> auto& table) {
    auto& [flows] = table;
    return std::tie(flows);
  }
  static auto Of(SameTable<HoldTarget> auto& target) {
    auto& [kind, first, second] = target;
    return std::tie(kind, first, second);
  }
  static auto Of(SameTable<Holds> auto& table) {
    auto& [held] = table;
    return std::tie(held);
  }
  static auto Of(SameTable<Lots> auto& table) {
    auto& [names, lots, findings, children] = table;
    return std::tie(names, lots, findings, children);
  }
  static auto Of(SameTable<Periods> auto& table) {
    auto& [periods, of_scope, due] = table;
    return std::tie(periods, of_scope, due);
  }
  static auto Of(SameTable<Redemptions> auto& table) {
    auto& [redemptions, redeemed] = table;
    return std::tie(redemptions, redeemed);
  }
  static auto Of(SameTable<Schemes> auto& table) {
    auto& [names, versions, with_percentage] = table;
    return std::tie(names, versions, with_percentage);
  }
  static auto Of(SameTable<Shipments> auto& table) {
    auto& [names, shipments, due, from, to] = table;
    return std::tie(names, shipments, due, from, to);
  }
  static auto Of(SameTable<Sources> auto& table) {
    auto& [changes] = table;
    return std::tie(changes);
  }
  static auto Of(SameTable<Voids> auto& table) {
    auto& [voids, places, next_stamp] = table;
    return std::tie(voids, places, next_stamp);
  }
  static auto Of(SameTable<Withholdings> auto& table) {
    auto& [of_account] = table;
    return std::tie(of_account);
  }

  // Where the indices of sets of several claims begin.
  static constexpr int32_t SeveralBase() { return ClaimSets::kSeveralBase; }
};

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_SNAPSHOT_ACCESS_H_
