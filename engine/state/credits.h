// Credit blocks and who holds which of their serials.
//
// A block is a run of serials 1..count, each for one unit. A serial is issued
// with one holder, or retired, or withdrawn, or replaced by the parts that
// its block was unbundled into. The runs of a block never overlap, together
// are all of it, and are as long as they can be, so that a move taken back
// leaves no trace.

#ifndef TALLY_ENGINE_STATE_CREDITS_H_
#define TALLY_ENGINE_STATE_CREDITS_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/state/names.h"

namespace tally {

enum class SerialState : uint8_t {
  kIssued = 0,
  kRetired = 1,
  kWithdrawn = 2,
  kUnbundled = 3,  // the parts of the block stand for it
};

// Serials `from`..`to` of a block, inclusive.
struct Serials {
  BlockIndex block;
  int64_t from = 0;
  int64_t to = 0;

  int64_t count() const { return to - from + 1; }
  friend bool operator==(const Serials&, const Serials&) = default;
};

// Whose a serial is and what became of it.
struct SerialStatus {
  PartyIndex holder;  // of retired and withdrawn ones: the last
  SerialState state = SerialState::kIssued;
  Date since;                // the business date from which this holds
  Position redemption = -1;  // the event that retired it

  friend bool operator==(const SerialStatus&, const SerialStatus&) = default;
};

// Serials of one run, and whose and what they are after it.
struct SerialMove {
  Serials serials;
  SerialStatus after;

  friend bool operator==(const SerialMove&, const SerialMove&) = default;
};

struct Block {
  SchemeIndex scheme;
  ProductIndex product;
  SiteIndex site;
  PartyIndex issuer;
  DateRange vintage;
  std::string vintage_text;  // as it was issued
  Date issued_on;
  Date last_day = Date::Max();  // usable up to and including
  // Where the scheme counts vintage years: retired for claim periods that end
  // in this year or before, on whatever day; `last_day` then bounds transfers.
  std::optional<int> last_claim_year;
  Quantity unit;      // of one serial
  int64_t count = 0;  // serials 1..count
  LotIndex lot;
  std::string evidence;
  Position position = -1;
  // Of a block that came out of another: which one, its place in the order of
  // retirement, and whether it moves and retires as a whole. The parts of a
  // block have consecutive indices.
  BlockIndex unbundled_from;
  int32_t part = 0;
  bool indivisible = false;

  struct Run {
    int64_t to = 0;
    SerialStatus status;

    friend bool operator==(const Run&, const Run&) = default;
  };
  using Runs = absl::btree_map<int64_t, Run>;  // by their first serial
  Runs runs;
  // What led to the runs: to whom all was issued, and what moved since. For
  // one serial, `since` never goes back from one move to the next.
  PartyIndex first_holder;
  std::vector<SerialMove> moves;

  // The runs at the end of a business date; none before the issue.
  Runs RunsAsAt(Date date) const;

  bool IsPart() const { return unbundled_from.valid(); }
};

// Where a party's issued serials of a scheme and product stand in the order
// of their use: by the vintage's last day, then order of issue, then serial.
struct HeldKey {
  Date vintage_last;
  BlockIndex block;
  int64_t from = 0;

  friend auto operator<=>(const HeldKey&, const HeldKey&) = default;
};
using Held = absl::btree_map<HeldKey, int64_t>;  // to the run's last serial

struct HolderKey {
  PartyIndex party;
  SchemeIndex scheme;
  ProductIndex product;

  friend bool operator==(const HolderKey&, const HolderKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const HolderKey& key) {
    return H::combine(std::move(hash), key.party, key.scheme, key.product);
  }
};

class Credits {
 public:
  Credits() = default;
  Credits(const Credits&) = delete;
  Credits& operator=(const Credits&) = delete;

  int32_t size() const { return names_.size(); }
  BlockIndex Find(std::string_view name) const { return names_.Find(name); }
  std::string_view NameOf(BlockIndex block) const {
    return names_.NameOf(block);
  }
  const Block& at(BlockIndex block) const {
    return blocks_[static_cast<size_t>(block.value())];
  }

  // The first one of the event at `position` or of a later one.
  BlockIndex FirstFrom(Position position) const;

  // The name must be new; all its serials are issued to `holder`.
  BlockIndex Add(std::string_view name, Block block, PartyIndex holder);
  // Every serial is again as it was issued.
  void RemoveLast();

  // The run that holds `serial`, by its first serial.
  std::pair<int64_t, const Block::Run*> RunAt(BlockIndex block,
                                              int64_t serial) const;
  // Moves serials that lie within one run; returns the move that undoes it.
  SerialMove Move(const SerialMove& move);
  // Takes back the block's last move, of which `back` is what it returned.
  void MoveBack(const SerialMove& back);

  // What can be used without being named: issued, and not parts of a block
  // that was unbundled. nullptr where there is nothing.
  const Held* HeldBy(const HolderKey& key) const;

  bool EvidenceUsed(std::string_view evidence) const;

 private:
  friend struct SnapshotAccess;

  // Returns what undoes it.
  SerialMove Put(const SerialMove& move);
  // Adds a run, as one with its neighbours where they are alike.
  void Insert(BlockIndex block, int64_t from, Block::Run run);
  void Erase(BlockIndex block, int64_t from);
  void List(BlockIndex block, int64_t from, const Block::Run& run);
  void Unlist(BlockIndex block, int64_t from, const Block::Run& run);

  Names<BlockIndex> names_;
  std::deque<Block> blocks_;
  absl::flat_hash_map<HolderKey, Held> held_;
  absl::flat_hash_set<std::string> evidence_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_CREDITS_H_
