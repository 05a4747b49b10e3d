#include "engine/index/tail.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {

void Tail::Add(Position end, std::span<const EventIdRow> event_ids,
               std::span<const EntryRow> entries,
               std::span<const int64_t> numbers) {
  TALLY_CHECK(end >= end_);
  TALLY_CHECK(entries.size() == numbers.size());
  end_ = end;
  for (const EventIdRow& row : event_ids) event_ids_.emplace(row.id, row);
  for (size_t i = 0; i < entries.size(); ++i) {
    const auto [chain, is_new] = chains_.try_emplace(entries[i].account);
    Chain& own = chain->second;
    if (is_new) own.first_number = numbers[i];
    TALLY_CHECK(own.first_number + own.count == numbers[i]);
    entries_.push_back({.row = entries[i], .older = own.newest});
    own.newest = static_cast<int32_t>(entries_.size()) - 1;
    ++own.count;
  }
}

const EventIdRow* Tail::FindEvent(const Uuid& id) const {
  const auto found = event_ids_.find(id);
  return found == event_ids_.end() ? nullptr : &found->second;
}

void Tail::AppendEntries(AccountIndex account, NumberedEntries* found) const {
  const auto chain = chains_.find(account);
  if (chain == chains_.end()) return;
  const Chain& own = chain->second;
  if (found->rows.empty()) found->first_number = own.first_number;
  TALLY_CHECK(found->end() == own.first_number);
  const size_t before = found->rows.size();
  found->rows.resize(before + static_cast<size_t>(own.count));
  auto place = found->rows.rbegin();
  for (int32_t link = own.newest; link >= 0;) {
    const Link& entry = entries_[static_cast<size_t>(link)];
    *place++ = entry.row;
    link = entry.older;
  }
}

std::vector<EventIdRow> Tail::SortedEventIds() const {
  std::vector<EventIdRow> rows;
  rows.reserve(event_ids_.size());
  for (const auto& [id, row] : event_ids_) rows.push_back(row);
  std::sort(rows.begin(), rows.end(),
            [](const EventIdRow& a, const EventIdRow& b) {
              return a.id.AsBytes() < b.id.AsBytes();
            });
  return rows;
}

std::vector<AccountIndex> Tail::SortedAccounts() const {
  std::vector<AccountIndex> accounts;
  accounts.reserve(chains_.size());
  for (const auto& [account, chain] : chains_) accounts.push_back(account);
  std::sort(accounts.begin(), accounts.end());
  return accounts;
}

}  // namespace tally
