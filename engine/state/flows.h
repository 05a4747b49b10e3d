// Flows: what came into and left the scopes of percentage accounts, by day.
//
// Only schemes that average a percentage keep them. Days lie in their
// calendar months, each with its sum, so that a window of months costs its
// months and not its days. Sums are wide: no stream of events overflows them.
//
// Not thread-safe.

#ifndef TALLY_ENGINE_STATE_FLOWS_H_
#define TALLY_ENGINE_STATE_FLOWS_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"

namespace tally {

// The products of a pool at the sites of a scope, under a scheme's terms.
struct FlowKey {
  SchemeIndex scheme;
  ScopeIndex scope;
  PoolIndex pool;

  friend bool operator==(const FlowKey&, const FlowKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const FlowKey& key) {
    return H::combine(std::move(hash), key.scheme, key.scope, key.pool);
  }
};

// In units of the pool. What came back is taken off what went out.
struct FlowSums {
  int128 certified_in = 0;  // under the scheme's mass-balance claim
  int128 all_in = 0;
  int128 certified_out = 0;
  int128 all_out = 0;

  void Add(const FlowSums& other);
  void Subtract(const FlowSums& other);

  friend bool operator==(const FlowSums&, const FlowSums&) = default;
};

struct FlowChange {
  FlowKey key;
  Date date;
  FlowSums sums;
};

// What of a calendar month lies in a range of days.
struct MonthFlow {
  Date month;  // its first day
  FlowSums sums;
};

class Flows {
 public:
  Flows() = default;
  Flows(const Flows&) = delete;
  Flows& operator=(const Flows&) = delete;

  void Apply(const FlowChange& change);
  // Takes back a change that was applied: a day with no other change is gone.
  void TakeBack(const FlowChange& change);

  // The months of these days in which anything flowed, in order.
  std::vector<MonthFlow> Months(const FlowKey& key,
                                const DateRange& days) const;

 private:
  friend struct SnapshotAccess;

  struct Day {
    Date date;
    int64_t changes = 0;
    FlowSums sums;
  };
  struct Month {
    Date first;
    FlowSums sums;
    std::vector<Day> days;  // by date
  };
  using Series = std::vector<Month>;  // by date

  absl::flat_hash_map<FlowKey, Series> flows_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_FLOWS_H_
