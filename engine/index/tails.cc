#include "engine/index/tails.h"

#include <utility>

#include "engine/base/check.h"

namespace tally {

void Tails::Add(Position end, std::span<const EventIdRow> event_ids,
                std::span<const EntryRow> entries,
                std::span<const int64_t> numbers) {
  WriterLock lock(&mutex_);
  open_->Add(end, event_ids, entries, numbers);
}

Position Tails::end() const {
  ReaderLock lock(&mutex_);
  return open_->end();
}

Position Tails::stored_end() const {
  ReaderLock lock(&mutex_);
  return stored_end_;
}

int64_t Tails::open_size() const {
  ReaderLock lock(&mutex_);
  return open_->size();
}

void Tails::FindEvents(std::span<const Uuid> ids,
                       std::vector<std::optional<EventIdRow>>* rows) const {
  TALLY_CHECK(rows->size() == ids.size());
  ReaderLock lock(&mutex_);
  for (size_t i = 0; i < ids.size(); ++i) {
    const EventIdRow* found = open_->FindEvent(ids[i]);
    if (found == nullptr && sealed_ != nullptr) {
      found = sealed_->FindEvent(ids[i]);
    }
    if (found != nullptr) (*rows)[i] = *found;
  }
}

NumberedEntries Tails::EntriesOf(AccountIndex account) const {
  NumberedEntries found;
  ReaderLock lock(&mutex_);
  if (sealed_ != nullptr) sealed_->AppendEntries(account, &found);
  open_->AppendEntries(account, &found);
  return found;
}

std::shared_ptr<const Tail> Tails::Seal() {
  WriterLock lock(&mutex_);
  TALLY_CHECK(sealed_ == nullptr);
  auto next = std::make_shared<Tail>(open_->end());
  sealed_ = std::exchange(open_, std::move(next));
  return sealed_;
}

void Tails::DropSealed() {
  std::shared_ptr<const Tail> dropped;  // freed without the lock
  WriterLock lock(&mutex_);
  dropped = std::exchange(sealed_, nullptr);
  stored_end_ = dropped->end();
}

void Tails::Clear(Position first) {
  WriterLock lock(&mutex_);
  sealed_ = nullptr;
  open_ = std::make_shared<Tail>(first);
  stored_end_ = first;
}

}  // namespace tally
