// Credits, their redemptions, and what these cover.

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "engine/model/limits.h"
#include "engine/snapshot/named_things.h"

namespace tally {
namespace {

auto OrderOf(const HolderKey& key) {
  const auto& [party, scheme, product] = key;
  return std::tuple(party, scheme, product);
}

// Its runs follow from its moves.
template <typename Codec>
void CodeBlock(Codec& codec, As<Codec, Block> block) {
  auto& [scheme, product, site, issuer, vintage, vintage_text, issued_on,
         last_day, last_claim_year, unit, count, lot, evidence, position,
         unbundled_from, part, indivisible, runs, first_holder, moves] = block;
  codec(scheme, product, site, issuer, vintage, vintage_text, issued_on,
        last_day, last_claim_year, unit, count, Maybe(lot), evidence, position,
        Maybe(unbundled_from), part, indivisible, first_holder, moves);
}

// Moves the serials again as they were moved.
void Replay(StateReader& in, BlockIndex index,
            const std::vector<SerialMove>& moves, Credits* table) {
  const int64_t count = table->at(index).count;
  for (const SerialMove& move : moves) {
    const auto& [block, from, to] = move.serials;
    if (block != index || from < 1 || from > to || to > count ||
        to > table->RunAt(index, from).second->to) {
      return in.Fail("a move that the serials do not allow");
    }
    table->Move(move);
  }
}

void ReadBlock(StateReader& in, Credits* table) {
  std::string name;
  Block block;
  in(name);
  CodeBlock(in, block);
  const auto [names, blocks, held, evidence] = SnapshotAccess::Of(*table);
  if (!IsNew(in, names, name)) return;
  // A walk to where a block comes from comes to an end.
  if (block.count < 1 || block.unbundled_from.value() >= table->size() ||
      table->EvidenceUsed(block.evidence)) {
    return in.Fail("a block that cannot be");
  }
  const std::vector<SerialMove> moves = std::exchange(block.moves, {});
  const PartyIndex holder = block.first_holder;
  Replay(in, table->Add(name, std::move(block), holder), moves, table);
}

}  // namespace

void Write(const Credits& table, StateWriter& out) {
  const auto [names, blocks, held, evidence] = SnapshotAccess::Of(table);
  out.Enter("credits");
  out.Unsigned(blocks.size());
  for (int32_t i = 0; i < table.size() && out.ok(); ++i) {
    out(std::string(table.NameOf(BlockIndex(i))));
    CodeBlock(out, table.at(BlockIndex(i)));
  }
}

void Read(StateReader& in, Credits* table) {
  in.Enter("credits");
  ReadEach(in, [&] { ReadBlock(in, table); });
  CheckCount(in, table->size(), in.counts.blocks);
}

namespace {

template <typename Codec>
void CodeRedemption(Codec& codec, As<Codec, Redemption> redemption) {
  auto& [id, position, recorded_at, holder, scheme, product, quantity, decimals,
         serials, beneficiary, claim_period, claim_period_text, purpose,
         audit_reference, redeemed_on, withdrawals] = redemption;
  codec(id, position, recorded_at, holder, scheme, product, quantity, decimals,
        serials, beneficiary, claim_period, claim_period_text, purpose,
        audit_reference, redeemed_on, withdrawals);
}

// Sums stay at zero or above: see Redemptions::Count().
bool IsSound(const Redemption& redemption, Position after) {
  if (redemption.position <= after || redemption.quantity.IsNegative() ||
      redemption.decimals < 0 || redemption.decimals > kDecimalsMax) {
    return false;
  }
  Quantity left = redemption.quantity;
  for (const Withdrawal& withdrawal : redemption.withdrawals) {
    if (withdrawal.quantity.IsNegative()) return false;
    if (!left.Subtract(withdrawal.quantity) || left.IsNegative()) return false;
  }
  return true;
}

}  // namespace

void Write(const Redemptions& table, StateWriter& out) {
  const auto [redemptions, redeemed] = SnapshotAccess::Of(table);
  out.Enter("redemptions");
  out.Unsigned(redemptions.size());
  for (const Redemption& redemption : redemptions) {
    if (!out.ok()) return;
    CodeRedemption(out, redemption);
  }
}

void Read(StateReader& in, Redemptions* table) {
  in.Enter("redemptions");
  ReadEach(in, [&] {
    Redemption redemption;
    CodeRedemption(in, redemption);
    if (!in.ok()) return;
    const int32_t size = table->size();
    if (!IsSound(redemption, size == 0 ? -1 : table->at(size - 1).position)) {
      return in.Fail("a redemption that cannot be");
    }
    const Position position = redemption.position;
    const std::vector<Withdrawal> withdrawals =
        std::exchange(redemption.withdrawals, {});
    table->Add(std::move(redemption));
    for (const Withdrawal& withdrawal : withdrawals) {
      table->Withdraw({position, withdrawal});
    }
  });
}

void Write(const Covers& table, StateWriter& out) {
  const auto [covers] = SnapshotAccess::Of(table);
  out.Enter("covers");
  const auto holders =
      Sorted(covers, [](const auto& entry) { return OrderOf(entry.first); });
  out.Unsigned(holders.size());
  for (const auto* holder : holders) {
    out(holder->first);
    out.Unsigned(holder->second.size());
    for (const auto& [period, entries] : holder->second) {
      out(period);
      out.Unsigned(entries.size());
      for (const auto& [entry, sum] : entries) {
        const auto& [side, vintage_year, date] = entry;
        out(side, vintage_year, date, sum);
      }
    }
  }
}

namespace {

template <typename Entries>
void ReadCovers(StateReader& in, Entries* entries) {
  ReadEach(in, [&] {
    typename Entries::key_type entry;
    int128 sum = 0;
    auto& [side, vintage_year, date] = entry;
    in(side, vintage_year, date, sum);
    if (!entries->emplace(entry, sum).second) in.Fail("a key twice");
  });
}

}  // namespace

void Read(StateReader& in, Covers* table) {
  auto [covers] = SnapshotAccess::Of(*table);
  in.Enter("covers");
  ReadEach(in, [&, &covers = covers] {
    HolderKey key;
    in(key);
    const auto [holder, added] = covers.try_emplace(key);
    if (!added) return in.Fail("a key twice");
    auto& periods = holder->second;
    ReadEach(in, [&] {
      DateRange period;
      in(period);
      const auto [entries, is_new] = periods.try_emplace(period);
      if (!is_new) return in.Fail("a key twice");
      ReadCovers(in, &entries->second);
    });
  });
}

void Write(const AttachedCredits& table, StateWriter& out) {
  const auto [attached] = SnapshotAccess::Of(table);
  out.Enter("attached credits");
  const auto entries = Sorted(attached, [](const auto& entry) {
    const auto& [shipment, scheme, product] = entry.first;
    return std::tuple(shipment, scheme, product);
  });
  out.Unsigned(entries.size());
  for (const auto* entry : entries) out(*entry);
}

void Read(StateReader& in, AttachedCredits* table) {
  auto [attached] = SnapshotAccess::Of(*table);
  in.Enter("attached credits");
  ReadEach(in, [&, &attached = attached] {
    AttachKey key;
    int128 quantity = 0;
    in(key, quantity);
    if (!attached.emplace(key, quantity).second) in.Fail("a key twice");
  });
}

}  // namespace tally
