// Credit blocks and who holds which of their serials.
//
// A block is a run of serials 1..count, each for one unit. A serial is issued
// with one holder, or retired, or withdrawn; the runs of a block never
// overlap and together are all of it.

#ifndef TALLY_ENGINE_STATE_CREDITS_H_
#define TALLY_ENGINE_STATE_CREDITS_H_

#include <cstdint>
#include <deque>
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
#include "engine/model/terms.h"
#include "engine/state/names.h"

namespace tally {

enum class SerialState : uint8_t {
  kIssued = 0,
  kRetired = 1,
  kWithdrawn = 2,
};

// Serials `from`..`to` of a block, inclusive.
struct Serials {
  BlockIndex block;
  int64_t from = 0;
  int64_t to = 0;

  int64_t count() const { return to - from + 1; }
};

struct Block {
  SchemeIndex scheme;
  ProductIndex product;
  SiteIndex site;
  PartyIndex issuer;
  DateRange vintage;
  Date issued_on;
  Date last_day = Date::Max();  // usable up to and including
  Quantity unit;                // of one serial
  int64_t count = 0;            // serials 1..count
  LotIndex lot;
  std::string evidence;
  Position position = -1;

  // What became of a run that starts at the key.
  struct Run {
    int64_t to = 0;
    PartyIndex holder;  // of retired and withdrawn ones: the last
    SerialState state = SerialState::kIssued;
    Position redemption = -1;  // the event that retired it
  };
  absl::btree_map<int64_t, Run> runs;
};

// A party's issued serials of one scheme and product, first to be used first:
// by the vintage's last day, then order of issue, then serial.
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

// A move of serials of one run to another holder or state.
struct SerialMove {
  Serials serials;
  PartyIndex to;  // the holder after it
  SerialState state = SerialState::kIssued;
  Position redemption = -1;
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

  // The name must be new; all its serials are issued to `holder`.
  BlockIndex Add(std::string_view name, Block block, PartyIndex holder);
  void RemoveLast();

  // The run that holds `serial`.
  std::pair<int64_t, const Block::Run*> RunAt(BlockIndex block,
                                              int64_t serial) const;
  // Moves serials that lie within one run; returns the move that undoes it.
  SerialMove Move(const SerialMove& move);

  const Held* HeldBy(const HolderKey& key) const;
  // The blocks that a party ever held serials of, of a scheme and product.
  const std::vector<BlockIndex>* EverHeldBy(const HolderKey& key) const;

  bool EvidenceUsed(std::string_view evidence) const;

 private:
  void Insert(BlockIndex block, int64_t from, const Block::Run& run);
  void Erase(BlockIndex block, int64_t from);

  Names<BlockIndex> names_;
  std::deque<Block> blocks_;
  absl::flat_hash_map<HolderKey, Held> held_;
  absl::flat_hash_map<HolderKey, std::vector<BlockIndex>> ever_held_;
  absl::flat_hash_set<std::string> evidence_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_CREDITS_H_
