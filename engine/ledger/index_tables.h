// The derived tables in RocksDB, beside the log.

#ifndef TALLY_ENGINE_LEDGER_INDEX_TABLES_H_
#define TALLY_ENGINE_LEDGER_INDEX_TABLES_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/index/index.h"
#include "engine/ledger/tables.h"

namespace tally {

class IndexTables final : public Tables {
 public:
  explicit IndexTables(std::unique_ptr<Index> index)
      : index_(std::move(index)) {}

  absl::Status Apply(const IndexBatch& batch) override {
    return index_->Apply(batch);
  }
  absl::Status AddRefusals(std::span<const RefusalRow> refusals) override {
    return index_->AddRefusals(refusals);
  }
  absl::Status Clear() override { return index_->Clear(); }
  absl::Status Flush() override { return index_->Flush(); }
  Position end() const override { return index_->end(); }
  Position stored_end() const override { return index_->stored_end(); }
  absl::StatusOr<std::vector<std::optional<EventIdRow>>> FindEvents(
      std::span<const Uuid> ids) const override {
    return index_->event_ids().FindAll(ids);
  }
  absl::StatusOr<std::optional<std::string>> FindEffects(
      Position position) const override {
    return index_->effects().Find(position);
  }
  absl::StatusOr<Quantity> BalanceAt(AccountIndex account, Date date,
                                     Position known_end) const override {
    return index_->entries().BalanceAt(account, date, known_end);
  }
  absl::StatusOr<StatementPage> ReadStatement(
      const StatementQuery& query) const override {
    return index_->entries().ReadStatement(query);
  }
  absl::StatusOr<RefusalPage> ListRefusals(
      const RefusalQuery& query) const override {
    return index_->refusals()->List(query);
  }

 private:
  const std::unique_ptr<Index> index_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_INDEX_TABLES_H_
