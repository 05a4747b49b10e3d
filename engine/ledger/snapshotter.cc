#include "engine/ledger/snapshotter.h"

#include <array>
#include <string>
#include <utility>

#include "engine/base/arena.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/replay.h"
#include "engine/ledger/snapshot_start.h"
#include "engine/log/merkle_proof.h"
#include "engine/log/record_codec.h"
#include "engine/rules/rules_version.h"

namespace tally {
namespace {

absl::StatusOr<Instant> RecordedAt(const Journal& journal, Position position) {
  ASSIGN_OR_RETURN(const std::string bytes, journal.ReadRecord(position));
  Arena arena;
  ASSIGN_OR_RETURN(const Record record, DecodeRecord(bytes, &arena));
  return record.recorded_at;
}

}  // namespace

void Snapshotter::Start(Position newest_end, Subscriptions* subscriptions) {
  {
    MutexLock lock(&mutex_);
    figures_.newest_end = newest_end;
    next_end_ = newest_end + options_.interval_events;
  }
  if (storage_->snapshots == nullptr || subscriptions == nullptr ||
      options_.interval_events == 0) {
    return;
  }
  thread_ = std::thread([this] { Loop(); });
  subscription_ = subscriptions->Add([this](Standing) { Note(); });
}

void Snapshotter::Stop() {
  subscription_.reset();
  stopping_ = true;
  {
    MutexLock lock(&mutex_);
    due_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Snapshotter::Note() {
  MutexLock lock(&mutex_);
  if (IsDue()) due_.notify_one();
}

bool Snapshotter::IsDue() const {
  return storage_->tables->stored_end() >= next_end_;
}

void Snapshotter::Loop() {
  while (true) {
    {
      MutexLock lock(&mutex_);
      while (!stopping_ && !IsDue()) lock.Wait(&due_);
    }
    if (stopping_) return;
    // What failed is in the figures, and tried again with the next interval.
    Make().IgnoreError();
  }
}

absl::Status Snapshotter::Make() {
  if (storage_->snapshots == nullptr) {
    return absl::FailedPreconditionError("this ledger keeps no snapshots");
  }
  MutexLock making(&making_);
  const int64_t started = clock_->Now().micros();
  const Position end = storage_->tables->stored_end();
  {
    MutexLock lock(&mutex_);
    next_end_ = end + options_.interval_events;
    if (end == figures_.newest_end) return absl::OkStatus();
  }
  return Noted(started, MakeUpTo(end));
}

absl::Status Snapshotter::MakeUpTo(Position end) {
  State state;
  const std::array<State*, 1> states = {&state};
  ASSIGN_OR_RETURN(const SnapshotStart start,
                   StartFromSnapshot(*storage_, end, states));
  Replay replay(storage_->tables.get(), &state);
  replay.Start(start);
  ASSIGN_OR_RETURN(const std::unique_ptr<JournalReader> reader,
                   storage_->journal->Read(start.next));
  while (replay.next() < end) {
    if (stopping_) return absl::CancelledError("the ledger is closing");
    ASSIGN_OR_RETURN(const bool more, reader->Next());
    if (!more) return DamagedLog(replay.next(), "it is missing");
    RETURN_IF_ERROR(replay.Decode(reader->record()));
    RETURN_IF_ERROR(replay.Decide());
    replay.Apply();
  }
  ASSIGN_OR_RETURN(const Sha256Digest root,
                   RootAt(storage_->journal->tree(), end));
  RETURN_IF_ERROR(replay.CheckRoot(root));
  return Write({.rules_version = kRulesVersion,
                .ledger = storage_->journal->ledger(),
                .end = end,
                .last_recorded_at = replay.last_recorded_at(),
                .latest_date = replay.latest_date(),
                .root = root},
               state);
}

absl::Status Snapshotter::MakeLast(const Follower& follower) {
  if (storage_->snapshots == nullptr || !options_.at_close) {
    return absl::OkStatus();
  }
  MutexLock making(&making_);
  const int64_t started = clock_->Now().micros();
  const Position end = follower.standing().tree_size();
  if (end == figures().newest_end) return absl::OkStatus();
  RETURN_IF_ERROR(storage_->tables->Flush());
  ASSIGN_OR_RETURN(const Instant recorded_at,
                   RecordedAt(*storage_->journal, end - 1));
  ASSIGN_OR_RETURN(const Sha256Digest root,
                   RootAt(storage_->journal->tree(), end));
  absl::Status written;
  stopping_ = false;
  // Readers share the lock, and nobody writes any more.
  follower.Read([&](const View& view) {
    written = Write({.rules_version = kRulesVersion,
                     .ledger = storage_->journal->ledger(),
                     .end = end,
                     .last_recorded_at = recorded_at,
                     .latest_date = view.latest_date,
                     .root = root},
                    view.state);
  });
  return Noted(started, std::move(written));
}

absl::Status Snapshotter::Write(const SnapshotHead& head, const State& state) {
  const auto go_on = [this] { return !stopping_; };
  ASSIGN_OR_RETURN(const int64_t bytes,
                   storage_->snapshots->Write(head, state, go_on));
  {
    MutexLock lock(&mutex_);
    figures_.newest_end = head.end;
    figures_.bytes = bytes;
    ++figures_.made;
  }
  return storage_->snapshots->RemoveOld(options_.keep);
}

absl::Status Snapshotter::Noted(int64_t started, absl::Status made) {
  {
    MutexLock lock(&mutex_);
    figures_.micros = clock_->Now().micros() - started;
    figures_.latest = made;
  }
  if (options_.on_made) options_.on_made(figures());
  return made;
}

SnapshotFigures Snapshotter::figures() const {
  MutexLock lock(&mutex_);
  return figures_;
}

}  // namespace tally
