// A journal whose appends wait at a gate, so that a test can look at a ledger
// while nothing of a group is durable yet.

#ifndef TALLY_TESTS_ENGINE_LEDGER_GATED_JOURNAL_H_
#define TALLY_TESTS_ENGINE_LEDGER_GATED_JOURNAL_H_

#include <condition_variable>
#include <memory>
#include <string>

#include "engine/base/mutex.h"
#include "engine/log/memory_journal.h"

namespace tally {

// The gate of a journal that a ledger owns; outlives it.
class Gate {
 public:
  void Close() {
    MutexLock lock(&mutex_);
    open_ = false;
  }
  void Open() {
    MutexLock lock(&mutex_);
    open_ = true;
    changed_.notify_all();
  }
  // Waits until an append stands before the gate.
  void WaitForAppend() {
    MutexLock lock(&mutex_);
    while (!waiting_) lock.Wait(&changed_);
  }
  void Pass() {
    MutexLock lock(&mutex_);
    waiting_ = true;
    changed_.notify_all();
    while (!open_) lock.Wait(&changed_);
    waiting_ = false;
  }

 private:
  Mutex mutex_;
  std::condition_variable changed_;
  bool open_ TALLY_GUARDED_BY(mutex_) = true;
  bool waiting_ TALLY_GUARDED_BY(mutex_) = false;
};

class GatedJournal final : public Journal {
 public:
  explicit GatedJournal(Gate* gate) : gate_(gate) {}

  absl::Status Append(const Group& group) override {
    gate_->Pass();
    return journal_.Append(group);
  }
  TreeHead head() const override { return journal_.head(); }
  absl::Status failure() const override { return journal_.failure(); }
  absl::StatusOr<std::unique_ptr<JournalReader>> Read(
      Position from) const override {
    return journal_.Read(from);
  }
  absl::StatusOr<std::string> ReadRecord(Position position) const override {
    return journal_.ReadRecord(position);
  }
  const TileTree& tree() const override { return journal_.tree(); }
  Uuid ledger() const override { return journal_.ledger(); }
  uint64_t writer_epoch() const override { return journal_.writer_epoch(); }

 private:
  Gate* const gate_;
  MemoryJournal journal_;
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_LEDGER_GATED_JOURNAL_H_
