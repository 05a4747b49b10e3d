// The derived tables in memory, for a ledger that lives as long as its
// process. Statements take time in proportion to the account's entries.

#ifndef TALLY_ENGINE_LEDGER_MEMORY_TABLES_H_
#define TALLY_ENGINE_LEDGER_MEMORY_TABLES_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/mutex.h"
#include "engine/ledger/tables.h"

namespace tally {

class MemoryTables final : public Tables {
 public:
  static constexpr size_t kRefusalsMax = 100'000;

  absl::Status Apply(const IndexBatch& batch) override;
  absl::Status AddRefusals(std::span<const RefusalRow> refusals) override;
  absl::Status Clear() override;
  Position end() const override { return end_.load(std::memory_order_acquire); }
  absl::StatusOr<std::vector<std::optional<EventIdRow>>> FindEvents(
      std::span<const Uuid> ids) const override;
  absl::StatusOr<std::optional<std::string>> FindEffects(
      Position position) const override;
  absl::StatusOr<Quantity> BalanceAt(AccountIndex account, Date date,
                                     Position known_end) const override;
  absl::StatusOr<StatementPage> ReadStatement(
      const StatementQuery& query) const override;
  absl::StatusOr<RefusalPage> ListRefusals(
      const RefusalQuery& query) const override;

 private:
  // The entries of an account that are known at `known_end`, dated `date` or
  // earlier, in the statement's order.
  std::vector<EntryRow> Known(AccountIndex account, Date date,
                              Position known_end) const
      TALLY_REQUIRES_SHARED(mutex_);

  mutable SharedMutex mutex_;
  absl::flat_hash_map<Uuid, EventIdRow> events_ TALLY_GUARDED_BY(mutex_);
  absl::flat_hash_map<Position, std::string> effects_ TALLY_GUARDED_BY(mutex_);
  absl::flat_hash_map<AccountIndex, std::vector<EntryRow>> entries_
      TALLY_GUARDED_BY(mutex_);
  std::deque<RefusalRow> refusals_ TALLY_GUARDED_BY(mutex_);
  int64_t next_refusal_ TALLY_GUARDED_BY(mutex_) = 0;
  std::atomic<Position> end_{0};
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_MEMORY_TABLES_H_
