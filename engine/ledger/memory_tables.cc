#include "engine/ledger/memory_tables.h"
#include "engine/ledger/page.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace tally {
namespace {

absl::Status OverflowError() {
  return absl::OutOfRangeError("a balance within a day passes 2^63 - 1 units");
}

// A page token is the number of entries before the page.
std::optional<size_t> ReadToken(const std::string& token) {
  if (token.empty()) return 0;
  size_t count = 0;
  const char* end = token.data() + token.size();
  const auto parsed = std::from_chars(token.data(), end, count);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return count;
}

}  // namespace

absl::Status MemoryTables::Apply(const IndexBatch& batch) {
  const Position known = end();
  if (batch.first > known) {
    return absl::FailedPreconditionError("a batch of rows leaves a gap");
  }
  {
    WriterLock lock(&mutex_);
    for (const EventIdRow& row : batch.event_ids) {
      if (row.position >= known) events_[row.id] = row;
    }
    for (const EntryRow& row : batch.entries) {
      if (row.position >= known) entries_[row.account].push_back(row);
    }
    for (int64_t i = 0; i < batch.effects.count(); ++i) {
      const Position position = batch.effects.first() + i;
      if (position >= known) effects_[position] = batch.effects.row(i);
    }
  }
  end_.store(std::max(known, batch.end), std::memory_order_release);
  return absl::OkStatus();
}

absl::Status MemoryTables::AddRefusals(std::span<const RefusalRow> refusals) {
  WriterLock lock(&mutex_);
  for (const RefusalRow& refusal : refusals) {
    refusals_.push_back(refusal);
    refusals_.back().sequence = next_refusal_++;
    if (refusals_.size() > kRefusalsMax) refusals_.pop_front();
  }
  return absl::OkStatus();
}

absl::Status MemoryTables::Clear() {
  WriterLock lock(&mutex_);
  events_.clear();
  entries_.clear();
  effects_.clear();
  end_.store(0, std::memory_order_release);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::optional<EventIdRow>>> MemoryTables::FindEvents(
    std::span<const Uuid> ids) const {
  std::vector<std::optional<EventIdRow>> rows(ids.size());
  ReaderLock lock(&mutex_);
  for (size_t i = 0; i < ids.size(); ++i) {
    const auto found = events_.find(ids[i]);
    if (found != events_.end()) rows[i] = found->second;
  }
  return rows;
}

absl::StatusOr<std::optional<std::string>> MemoryTables::FindEffects(
    Position position) const {
  ReaderLock lock(&mutex_);
  const auto found = effects_.find(position);
  if (found == effects_.end()) return std::nullopt;
  return found->second;
}

std::vector<EntryRow> MemoryTables::Known(AccountIndex account, Date date,
                                          Position known_end) const {
  std::vector<EntryRow> known;
  const auto found = entries_.find(account);
  if (found == entries_.end()) return known;
  for (const EntryRow& row : found->second) {
    if (row.position < known_end && row.date <= date) known.push_back(row);
  }
  std::stable_sort(
      known.begin(), known.end(),
      [](const EntryRow& a, const EntryRow& b) { return a.date < b.date; });
  return known;
}

absl::StatusOr<Quantity> MemoryTables::BalanceAt(AccountIndex account,
                                                 Date date,
                                                 Position known_end) const {
  ReaderLock lock(&mutex_);
  Quantity balance;
  for (const EntryRow& row : Known(account, date, known_end)) {
    if (!balance.Add(row.delta)) return OverflowError();
  }
  return balance;
}

absl::StatusOr<StatementPage> MemoryTables::ReadStatement(
    const StatementQuery& query) const {
  const std::optional<size_t> skipped = ReadToken(query.page_token);
  if (!skipped.has_value()) {
    return NotAPageToken(query.page_token);
  }
  ReaderLock lock(&mutex_);
  StatementPage page;
  size_t place = 0;
  for (const EntryRow& row :
       Known(query.account, query.dates.last, query.known_end)) {
    const bool before_range = row.date < query.dates.first;
    if (before_range || place < *skipped) {
      if (!page.opening.Add(row.delta)) return OverflowError();
      place += before_range ? 0 : 1;
      continue;
    }
    if (page.entries.size() == static_cast<size_t>(query.page_size)) {
      page.next_page_token = std::to_string(place);
      break;
    }
    page.entries.push_back(row);
    ++place;
  }
  return page;
}

absl::StatusOr<RefusalPage> MemoryTables::ListRefusals(
    const RefusalQuery& query) const {
  ReaderLock lock(&mutex_);
  RefusalPage page;
  for (auto row = refusals_.rbegin(); row != refusals_.rend(); ++row) {
    if (query.before >= 0 && row->sequence >= query.before) continue;
    if (!query.party.empty() && row->party != query.party) continue;
    if (page.refusals.size() == static_cast<size_t>(query.page_size)) {
      page.next_before = page.refusals.back().sequence;
      break;
    }
    page.refusals.push_back(*row);
  }
  return page;
}

}  // namespace tally
