// Tables that add up what a replay hands them, and hold stored tables to it as
// they go. They answer what the replay itself asks, where an event is and what
// it did, from the stored ones as far as those go; they keep the rest.

#ifndef TALLY_ENGINE_LEDGER_CHECKING_TABLES_H_
#define TALLY_ENGINE_LEDGER_CHECKING_TABLES_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/ledger/tables.h"

namespace tally {

// Used by one thread.
class CheckingTables final : public Tables {
 public:
  using Report = absl::FunctionRef<void(std::string)>;

  // `stored` may be nullptr: then only sums are kept. Both must outlive it.
  CheckingTables(const Tables* stored, Report report)
      : stored_(stored), report_(report) {}

  // Of all entries of an account, as they were replayed.
  Quantity SumOf(AccountIndex account, Date date) const;
  // Holds each account's statement to its entries, once all are replayed.
  absl::Status CheckStatements();

  absl::Status Apply(const IndexBatch& batch) override;
  absl::Status AddRefusals(std::span<const RefusalRow> refusals) override;
  absl::Status Clear() override;
  Position end() const override { return end_; }
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
  // What an account's entries come to.
  struct Sums {
    std::map<Date, int64_t> by_date;
    // Of those that the stored tables must have: how many, and a sum of their
    // hashes, in which no order counts.
    int64_t rows = 0;
    uint64_t hashes = 0;
  };

  void Keep(Position stored_end, const IndexBatch& batch);
  absl::Status CheckIds(const IndexBatch& batch);
  absl::Status CheckEffects(Position stored_end, const IndexBatch& batch);
  absl::Status CheckBalances(const IndexBatch& batch);
  absl::Status CheckStatement(AccountIndex account, const Sums& sums);

  const Tables* const stored_;
  Report report_;
  Position end_ = 0;
  absl::flat_hash_map<AccountIndex, Sums> sums_;
  // Of what the stored tables do not have.
  absl::flat_hash_map<Uuid, EventIdRow> events_;
  absl::flat_hash_map<Position, std::string> effects_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_CHECKING_TABLES_H_
