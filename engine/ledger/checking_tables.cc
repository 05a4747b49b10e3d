#include "engine/ledger/checking_tables.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/model/limits.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {
namespace {

uint64_t HashOf(const EntryRow& row) {
  std::string bytes;
  AppendBig64(static_cast<uint64_t>(row.position), &bytes);
  AppendBig32(static_cast<uint32_t>(row.ordinal), &bytes);
  AppendBig32(Sortable(row.date.days()), &bytes);
  AppendBig32(static_cast<uint32_t>(row.product.value()), &bytes);
  AppendBig64(static_cast<uint64_t>(row.delta.units()), &bytes);
  const Sha256Digest digest = Sha256(bytes);
  return FixedReader(
             std::string_view(reinterpret_cast<const char*>(digest.data()), 8))
      .Big64();
}

absl::Status NotKept() {
  return absl::UnimplementedError("these tables answer no questions");
}

}  // namespace

Quantity CheckingTables::SumOf(AccountIndex account, Date date) const {
  const auto found = sums_.find(account);
  if (found == sums_.end()) return Quantity();
  // The state has made sure that none of these sums overflows.
  int64_t sum = 0;
  for (const auto& [day, delta] : found->second.by_date) {
    if (day > date) break;
    sum += delta;
  }
  return Quantity(sum);
}

absl::Status CheckingTables::Apply(const IndexBatch& batch) {
  const Position stored_end = stored_ == nullptr ? 0 : stored_->end();
  for (const EntryRow& row : batch.entries) {
    Sums& sums = sums_[row.account];
    sums.by_date[row.date] += row.delta.units();
    if (row.position >= stored_end) continue;
    ++sums.rows;
    sums.hashes += HashOf(row);
  }
  end_ = batch.end;
  Keep(stored_end, batch);
  if (stored_ == nullptr) return absl::OkStatus();
  RETURN_IF_ERROR(CheckIds(batch));
  RETURN_IF_ERROR(CheckEffects(stored_end, batch));
  return batch.end <= stored_end ? CheckBalances(batch) : absl::OkStatus();
}

void CheckingTables::Keep(Position stored_end, const IndexBatch& batch) {
  for (const EventIdRow& row : batch.event_ids) {
    if (row.position >= stored_end) events_.emplace(row.id, row);
  }
  const EffectBatch& effects = batch.effects;
  for (int64_t i = 0; i < effects.count(); ++i) {
    if (effects.first() + i < stored_end) continue;
    effects_.emplace(effects.first() + i, effects.row(i));
  }
}

// One event of the batch, the last: a row is found by reading the whole chunk
// that it is stored in.
absl::Status CheckingTables::CheckEffects(Position stored_end,
                                          const IndexBatch& batch) {
  const EffectBatch& effects = batch.effects;
  const int64_t last =
      std::min(effects.count(), stored_end - effects.first()) - 1;
  if (last < 0) return absl::OkStatus();
  const Position position = effects.first() + last;
  ASSIGN_OR_RETURN(const std::optional<std::string> stored,
                   stored_->FindEffects(position));
  if (stored == effects.row(last)) return absl::OkStatus();
  report_(fmt::format(
      "what the event at position {} did is {}", position,
      stored.has_value() ? "written down otherwise" : "not written down"));
  return absl::OkStatus();
}

absl::Status CheckingTables::CheckIds(const IndexBatch& batch) {
  std::vector<Uuid> ids;
  for (const EventIdRow& row : batch.event_ids) ids.push_back(row.id);
  ASSIGN_OR_RETURN(const auto found, stored_->FindEvents(ids));
  for (size_t i = 0; i < found.size(); ++i) {
    const EventIdRow& row = batch.event_ids[i];
    if (row.position >= stored_->end() || found[i] == row) continue;
    report_(fmt::format(
        "the event at position {}, {}, is {}", row.position, row.id.ToString(),
        found[i].has_value() ? fmt::format("said to be at {} or of other "
                                           "content",
                                           found[i]->position)
                             : std::string("not there")));
  }
  return absl::OkStatus();
}

absl::Status CheckingTables::CheckBalances(const IndexBatch& batch) {
  absl::flat_hash_set<std::pair<AccountIndex, int32_t>> seen;
  for (const EntryRow& row : batch.entries) {
    if (!seen.emplace(row.account, row.date.days()).second) continue;
    ASSIGN_OR_RETURN(const Quantity stored,
                     stored_->BalanceAt(row.account, row.date, batch.end));
    const Quantity sum = SumOf(row.account, row.date);
    if (stored == sum) continue;
    report_(fmt::format(
        "the balance of account {} as at {}, as known at position {}, is {} "
        "instead of {}",
        row.account.value(), row.date.ToString(), batch.end - 1, stored.units(),
        sum.units()));
  }
  return absl::OkStatus();
}

absl::Status CheckingTables::CheckStatements() {
  if (stored_ == nullptr) return absl::OkStatus();
  for (const auto& [account, sums] : sums_) {
    RETURN_IF_ERROR(CheckStatement(account, sums));
  }
  return absl::OkStatus();
}

absl::Status CheckingTables::CheckStatement(AccountIndex account,
                                            const Sums& sums) {
  StatementQuery query{.account = account,
                       .known_end = std::min(end_, stored_->end()),
                       .page_size = kPageSizeMax};
  int64_t rows = 0;
  uint64_t hashes = 0;
  do {
    ASSIGN_OR_RETURN(const StatementPage page, stored_->ReadStatement(query));
    for (const EntryRow& row : page.entries) {
      ++rows;
      hashes += HashOf(row);
    }
    query.page_token = page.next_page_token;
  } while (!query.page_token.empty());
  if (rows == sums.rows && hashes == sums.hashes) return absl::OkStatus();
  report_(
      fmt::format("the statement of account {} has {} entries that are not "
                  "the {} of the log",
                  account.value(), rows, sums.rows));
  return absl::OkStatus();
}

absl::Status CheckingTables::AddRefusals(std::span<const RefusalRow>) {
  return NotKept();
}

absl::Status CheckingTables::Clear() { return absl::OkStatus(); }

absl::StatusOr<std::vector<std::optional<EventIdRow>>>
CheckingTables::FindEvents(std::span<const Uuid> ids) const {
  std::vector<std::optional<EventIdRow>> rows(ids.size());
  if (stored_ != nullptr) {
    ASSIGN_OR_RETURN(rows, stored_->FindEvents(ids));
  }
  for (size_t i = 0; i < ids.size(); ++i) {
    const auto kept = events_.find(ids[i]);
    if (kept != events_.end()) rows[i] = kept->second;
  }
  return rows;
}

absl::StatusOr<std::optional<std::string>> CheckingTables::FindEffects(
    Position position) const {
  const auto kept = effects_.find(position);
  if (kept != effects_.end()) return kept->second;
  if (stored_ == nullptr) return std::nullopt;
  return stored_->FindEffects(position);
}

absl::StatusOr<Quantity> CheckingTables::BalanceAt(AccountIndex, Date,
                                                   Position) const {
  return NotKept();
}

absl::StatusOr<StatementPage> CheckingTables::ReadStatement(
    const StatementQuery&) const {
  return NotKept();
}

absl::StatusOr<RefusalPage> CheckingTables::ListRefusals(
    const RefusalQuery&) const {
  return NotKept();
}

}  // namespace tally
