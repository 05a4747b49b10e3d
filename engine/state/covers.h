// Covers: what a party claimed for a period, beside what it retired for it.
//
// Claims are declared for a claim period and redemptions state one. Sums are
// kept by period, by business date (so that they can be asked as at a date)
// and, of retirements, by the year of the vintage.

#ifndef TALLY_ENGINE_STATE_COVERS_H_
#define TALLY_ENGINE_STATE_COVERS_H_

#include <compare>
#include <cstdint>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/state/credits.h"

namespace tally {

enum class CoverSide : uint8_t { kClaimed = 0, kRetired = 1 };

struct CoverChange {
  HolderKey key;
  DateRange period;
  CoverSide side = CoverSide::kClaimed;
  int32_t vintage_year = 0;  // of what is retired
  Date date;                 // the business date
  Quantity delta;            // below zero for what is withdrawn
};

class Covers {
 public:
  Covers() = default;
  Covers(const Covers&) = delete;
  Covers& operator=(const Covers&) = delete;

  // To take a change back, apply it with the opposite delta.
  void Apply(const CoverChange& change);

  // Retired for exactly this period, on all dates, of vintages up to and
  // including a year.
  int128 RetiredFor(const HolderKey& key, const DateRange& period,
                    int32_t vintage_year_max) const;
  // For every period that lies in `period`, by the end of a business date.
  int128 Within(const HolderKey& key, const DateRange& period, CoverSide side,
                Date as_at) const;

 private:
  friend struct SnapshotAccess;

  struct Entry {
    CoverSide side = CoverSide::kClaimed;
    int32_t vintage_year = 0;
    Date date;

    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  // None is zero.
  using Entries = absl::btree_map<Entry, int128>;
  using Periods = absl::btree_map<DateRange, Entries>;

  absl::flat_hash_map<HolderKey, Periods> covers_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_COVERS_H_
