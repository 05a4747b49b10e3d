// Decides batch after batch, event after event: idempotency, the rules, and
// what becomes of the rest of a batch when one event is refused.
//
// It owns nothing of the pipeline and knows no thread; one thread at a time
// uses it. Its state runs ahead of what is durable. The same batches at the
// same times give the same decisions.

#ifndef TALLY_ENGINE_LEDGER_DECIDER_H_
#define TALLY_ENGINE_LEDGER_DECIDER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "engine/base/clock.h"
#include "engine/base/date.h"
#include "engine/index/event_ids.h"
#include "engine/ledger/commit_group.h"
#include "engine/ledger/prepared_batch.h"
#include "engine/ledger/recent_effects.h"
#include "engine/ledger/tables.h"
#include "engine/log/salts.h"
#include "engine/model/indices.h"
#include "engine/model/outcome.h"
#include "engine/state/effects.h"
#include "engine/state/state.h"

namespace tally {

struct DeciderOptions {
  bool strict = false;
  bool allow_recorded_at = false;
  // A group that has so many records takes no more lapses.
  int64_t group_events_max = 0;
  // As of LedgerOptions.
  std::optional<Sha256Digest> salt_seed;
};

class Decider {
 public:
  // Both must outlive it.
  Decider(const Tables* tables, const Clock* clock, DeciderOptions options)
      : tables_(tables),
        clock_(clock),
        options_(options),
        salts_(options.salt_seed) {}

  // The state to be recovered, before the first batch.
  State* state() { return &state_; }
  // What the log ends with: the next position, and the last recorded time.
  void Resume(Position next, Instant last_recorded_at);

  // Decides the batch and adds it to the group. False, and the batch is left:
  // the group is full of shipments that lapsed; call again with the next one.
  bool Decide(std::unique_ptr<PreparedBatch>* batch, CommitGroup* group);

  // The position that the next accepted event gets.
  Position next() const { return next_; }

 private:
  // The batch that is being decided.
  struct Current;

  bool LapseOverdue(Instant now, CommitGroup* group);
  void LapseOne(ShipmentIndex shipment, Instant now, CommitGroup* group);
  bool CloseOverdue(Instant now, CommitGroup* group);
  bool CloseOne(const PeriodDue& due, Instant now, CommitGroup* group);
  bool PostOwn(const Event& event, Instant now, CommitGroup* group);
  absl::StatusOr<Uuid> FreeId(std::string_view name) const;

  absl::Status FindKnown(const PreparedBatch& batch);
  absl::Status FindVoidTargets(const PreparedBatch& batch);
  // What a void is about; nullptr where the event is another or unknown.
  const VoidTarget* VoidTargetOf(const Event& event);
  void DecideEvents(Current& current);
  void DecideEvent(Current& current, size_t place);
  void AcceptEvent(Current& current, size_t place, const Plan& plan,
                   Instant recorded_at);
  void Repeat(Current& current, size_t place, const EventIdRow& row);
  // What is accepted, beside its plan.
  struct Entry;
  void Accept(const Entry& entry, const Plan& plan, Undo* undo,
              CommitGroup* group);
  void Refuse(Current& current, size_t place, std::unique_ptr<Refusal> why);

  void RefuseBatch(Current& current);
  void EndValidation(Current& current);
  void TakeBack(Current& current);
  void JournalRefusals(const Current& current);

  Instant NextRecordedAt(Instant now) const;

  const Tables* const tables_;
  const Clock* const clock_;
  const DeciderOptions options_;

  Salts salts_;
  State state_;
  Position next_ = 0;
  Instant last_recorded_at_{INT64_MIN};
  RecentEventIds recent_;
  RecentEffects recent_effects_;
  // Of the batch: where its ids are, as far as the tables know.
  std::vector<Uuid> ids_;
  std::vector<std::optional<EventIdRow>> known_;
  // Of the batch's voids: the events that the tables know.
  absl::flat_hash_map<Uuid, VoidTarget> known_targets_;
  VoidTarget recent_target_;  // of the event that is decided
  std::vector<Undo> undos_;   // their memory is used again
  Effects effects_;
  std::string effect_bytes_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_DECIDER_H_
