// Lots: material that keeps an identity of its own. A lot is made once, from
// a source or from other lots, and is never edited; where it is and under
// which claim is told by its holdings.

#ifndef TALLY_ENGINE_STATE_LOTS_H_
#define TALLY_ENGINE_STATE_LOTS_H_

#include <atomic>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/model/terms.h"
#include "engine/state/claims.h"
#include "engine/state/names.h"

namespace tally {

// What went into a lot: a lot, or material without one, which then has the
// site where it was put in as its source.
struct Parent {
  LotIndex lot;
  ProductIndex product;
  Quantity quantity;
};

struct LotAttributes {
  std::string origin_country;
  std::optional<Decimal> ghg;
  std::string level;
  SourceStatus source_status = SourceStatus::kUnspecified;
};

struct Lot {
  ProductIndex product;
  ClaimSetIndex claims = kNoClaims;  // that it was made under
  SiteIndex made_at;
  Date made_on;
  Quantity made;  // the quantity that it was made with
  Position position = -1;
  // The source of origin: a site (originate), a supplier (receive), or the
  // one source of all its parents. Empty: several.
  std::string source;
  std::vector<Parent> parents;
  LotAttributes attributes;
  std::optional<Decimal> claims_share;  // percent; none: all of it
  std::vector<std::string> tags;
  // Conventional material of unknown origin, or mixed with it.
  bool tainted = false;
};

class Lots {
 public:
  Lots() = default;
  Lots(const Lots&) = delete;
  Lots& operator=(const Lots&) = delete;

  int32_t size() const { return names_.size(); }
  LotIndex Find(std::string_view name) const { return names_.Find(name); }
  std::string_view NameOf(LotIndex lot) const { return names_.NameOf(lot); }

  const Lot& at(LotIndex lot) const {
    return lots_[static_cast<size_t>(lot.value())];
  }

  // The name must be new. Its parents learn of their child.
  LotIndex Add(std::string_view name, Lot lot);
  void RemoveLast();

  // The first lot of the event at `position` or of a later one.
  LotIndex FirstFrom(Position position) const;

  // What Voids found out about a lot: a note of its own that is no part of
  // what the ledger knows, and may be written while others read.
  std::atomic<int64_t>& finding(LotIndex lot) const {
    return findings_[static_cast<size_t>(lot.value())];
  }

  // The lots made from this one, in order.
  const std::vector<LotIndex>& ChildrenOf(LotIndex lot) const;

 private:
  friend struct SnapshotAccess;

  Names<LotIndex> names_;
  std::deque<Lot> lots_;
  mutable std::deque<std::atomic<int64_t>> findings_;  // as lots_
  absl::flat_hash_map<LotIndex, std::vector<LotIndex>> children_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_LOTS_H_
