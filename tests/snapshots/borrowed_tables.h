// Hands tables of the test's to a ledger that owns its own.

#ifndef TALLY_TESTS_SNAPSHOTS_BORROWED_TABLES_H_
#define TALLY_TESTS_SNAPSHOTS_BORROWED_TABLES_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/ledger/tables.h"

namespace tally {

class BorrowedTables final : public Tables {
 public:
  explicit BorrowedTables(Tables* tables) : tables_(tables) {}

  absl::Status Apply(const IndexBatch& batch) override {
    return tables_->Apply(batch);
  }
  absl::Status AddRefusals(std::span<const RefusalRow> refusals) override {
    return tables_->AddRefusals(refusals);
  }
  absl::Status Clear() override { return tables_->Clear(); }
  Position end() const override { return tables_->end(); }
  absl::StatusOr<std::vector<std::optional<EventIdRow>>> FindEvents(
      std::span<const Uuid> ids) const override {
    return tables_->FindEvents(ids);
  }
  absl::StatusOr<std::optional<std::string>> FindEffects(
      Position position) const override {
    return tables_->FindEffects(position);
  }
  absl::StatusOr<Quantity> BalanceAt(AccountIndex account, Date date,
                                     Position known_end) const override {
    return tables_->BalanceAt(account, date, known_end);
  }
  absl::StatusOr<StatementPage> ReadStatement(
      const StatementQuery& query) const override {
    return tables_->ReadStatement(query);
  }
  absl::StatusOr<RefusalPage> ListRefusals(
      const RefusalQuery& query) const override {
    return tables_->ListRefusals(query);
  }

 private:
  Tables* const tables_;
};

}  // namespace tally

#endif  // TALLY_TESTS_SNAPSHOTS_BORROWED_TABLES_H_
