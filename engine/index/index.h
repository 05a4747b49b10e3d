// The derived tables behind the log: where an event is, what it did, what was
// posted on an account, which attempts were refused.
//
// The index may lag behind the log and says up to where it is complete. The
// newest rows are in memory (tails.h) until there are enough of them for a
// sorted run (sorted_run.h): a crash takes the index back to an earlier end()
// and the records from there on are applied again. All of it but the refusals
// can be thrown away and made again from the log.
//
// Apply() and Clear() are called by one thread; everything else from any.
//
//   for (records from index->end() on) { batch.event_ids.push_back(…); … }
//   RETURN_IF_ERROR(index->Apply(batch));

#ifndef TALLY_ENGINE_INDEX_INDEX_H_
#define TALLY_ENGINE_INDEX_INDEX_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/index/effect_rows.h"
#include "engine/index/entries.h"
#include "engine/index/entry_counts.h"
#include "engine/index/event_ids.h"
#include "engine/index/refusals.h"
#include "engine/index/rows.h"
#include "engine/index/run_maker.h"
#include "engine/index/tails.h"
#include "engine/storage/database.h"

namespace tally {

// An index of an older format that is still opened is made again.
inline constexpr uint32_t kIndexFormat = 2;
inline constexpr uint32_t kIndexFormatOldest = 1;

struct IndexOptions {
  OpenMode mode = OpenMode::kCreateIfMissing;
  // Whose log it follows. One of another ledger is refused.
  Uuid ledger;
  // Refused attempts that are kept; older ones are forgotten.
  int64_t refusals_max = 100'000;
  // The file system; nullptr: the machine's own. Must outlive the index.
  rocksdb::Env* env = nullptr;
  // Of what was read, and of what is not written yet. In bytes.
  int64_t cache_bytes = 128 << 20;
  int64_t write_buffer_bytes = 64 << 20;
  // Rows in memory that make a run; twice as many at the most are held, and
  // who adds more waits. A row takes about a hundred bytes.
  int64_t run_rows = 1 << 19;
};

class Index {
 public:
  // FAILED_PRECONDITION for an index of another ledger or of another format:
  // the directory is to be removed and made again.
  static absl::StatusOr<std::unique_ptr<Index>> Open(
      const std::string& directory, const IndexOptions& options);
  // Likewise, but one that is damaged is moved aside, to `directory` with
  // ".damaged", and begun anew: the log makes it again, and nothing in it but
  // refused attempts is the only copy.
  static absl::StatusOr<std::unique_ptr<Index>> OpenOrRemake(
      const std::string& directory, const IndexOptions& options);
  ~Index();

  // Adds the rows of durable records. A batch may start below end(): what is
  // there already is left out. FAILED_PRECONDITION when it leaves a gap.
  absl::Status Apply(const IndexBatch& batch);

  // Adds attempts that were refused. Of the thread that applies.
  absl::Status AddRefusals(std::span<const RefusalRow> refusals);

  // Complete for the positions below it.
  Position end() const { return tails_.end(); }
  // The same after a crash.
  Position stored_end() const { return tails_.stored_end(); }

  // Makes what was applied so far survive a crash. Of the thread that applies.
  absl::Status Flush();

  // Reads every block of every file. DATA_LOSS where one is damaged, though
  // no question may ever need it.
  absl::Status CheckFiles() const;

  // Empties all that follows from the log; end() is 0 again.
  absl::Status Clear();

  const EventIds& event_ids() const { return *event_ids_; }
  const EffectRows& effects() const { return *effects_; }
  const Entries& entries() const { return *entries_; }
  Refusals* refusals() const { return refusals_.get(); }

 private:
  Index(std::unique_ptr<Database> database, const IndexOptions& options,
        Position end);

  // Empties an index of an older format, to be filled from the log.
  absl::Status Renew();

  // Remembers the first write that failed.
  absl::Status Noted(absl::Status written);
  // Lets what is in memory become a run, as RunMaker does.
  absl::Status MakeRun(bool wait);

  const IndexOptions options_;
  const std::unique_ptr<Database> database_;
  absl::Status failure_;  // of a write; nothing is written after it
  Tails tails_;
  EntryCounts counts_;
  std::unique_ptr<EventIds> event_ids_;
  std::unique_ptr<EffectRows> effects_;
  std::unique_ptr<Entries> entries_;
  std::unique_ptr<Refusals> refusals_;
  RunMaker run_maker_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_INDEX_H_
