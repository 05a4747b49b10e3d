// Accounting periods of mass-balance accounts, and what each has come to.
//
// The periods of one account join day to day and close in order, so they are
// a list by date. What a period held is worked out from its account while it
// is open and written down when it closes.

#ifndef TALLY_ENGINE_STATE_PERIODS_H_
#define TALLY_ENGINE_STATE_PERIODS_H_

#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

// Sent by number; never renumber.
enum class PeriodState : uint8_t {
  kUnspecified = 0,
  kOpen = 1,
  kClosed = 2,         // at zero or above, or within the permitted overdraw
  kClosedDeficit = 3,  // below zero: nothing leaves until that is repaid
};

// Whose period it is. With `origin_match` the accounts of every origin share
// the periods.
struct PeriodKey {
  ScopeIndex scope;
  PoolIndex pool;
  SchemeIndex scheme;

  friend bool operator==(const PeriodKey&, const PeriodKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const PeriodKey& key) {
    return H::combine(std::move(hash), key.scope, key.pool, key.scheme);
  }
};

struct Period {
  DateRange days;
  PeriodState state = PeriodState::kOpen;
  // Given for an overdraw, by an event or by the close.
  std::string overdraw_reason;
  // The day on which the ledger closes it if no event has; Date::Max() for
  // never.
  Date closes_on = Date::Max();
  // What it came to; of a closed one alone.
  Quantity opening;
  Quantity closing;
  Quantity expired;

  friend bool operator==(const Period&, const Period&) = default;
};

// An open period that the ledger closes, by the day on which it does.
struct PeriodDue {
  Date closes_on;
  Date from;
  PeriodKey key;

  friend bool operator<(const PeriodDue& a, const PeriodDue& b) {
    return std::tuple(a.closes_on, a.from, a.key.scope, a.key.pool,
                      a.key.scheme) < std::tuple(b.closes_on, b.from,
                                                 b.key.scope, b.key.pool,
                                                 b.key.scheme);
  }
};

class Periods {
 public:
  Periods() = default;
  Periods(const Periods&) = delete;
  Periods& operator=(const Periods&) = delete;

  // By date.
  std::span<const Period> Of(const PeriodKey& key) const;
  // nullptr where the day lies in none.
  const Period* At(const PeriodKey& key, Date date) const;
  // The latest one that is closed; nullptr where there is none.
  const Period* LastClosed(const PeriodKey& key) const;
  // The accounts of a scope that ever had a period, in order of arrival.
  std::span<const PeriodKey> OfScope(ScopeIndex scope) const;

  // The first open one to be closed by a day, of those after `after` in the
  // order of their days; nullptr where there is none.
  const PeriodDue* FirstDue(Date today, const PeriodDue* after = nullptr) const;

  // Starts after all others of its account.
  void Open(const PeriodKey& key, Period period);
  void RemoveLast(const PeriodKey& key);
  // Puts a period in the place of the one with its days; what was there.
  Period Replace(const PeriodKey& key, Period period);

 private:
  friend struct SnapshotAccess;

  void NoteDue(const PeriodKey& key, const Period& period);
  void ForgetDue(const PeriodKey& key, const Period& period);

  absl::flat_hash_map<PeriodKey, std::vector<Period>> periods_;
  absl::flat_hash_map<ScopeIndex, std::vector<PeriodKey>> of_scope_;
  absl::btree_set<PeriodDue> due_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_PERIODS_H_
