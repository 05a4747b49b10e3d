// Verifies a ledger's directory without opening it to write: hashes every
// record again, decides every event again by the same rules, and holds what is
// stored beside the log to what comes out: tiles, signed checkpoints, derived
// tables. A server may have the directory open meanwhile; what it appends
// after the beginning is not looked at.
//
// A log that lies elsewhere, such as in a backup, is verified by the same code.
//
//   ASSIGN_OR_RETURN(const VerifyReport report,
//                    VerifyDirectory("/var/lib/tally", {.clock = &clock}));
//   if (!report.findings.empty()) ...

#ifndef TALLY_ENGINE_LEDGER_VERIFICATION_H_
#define TALLY_ENGINE_LEDGER_VERIFICATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "engine/base/clock.h"
#include "engine/base/uuid.h"
#include "engine/ledger/ledger_options.h"
#include "engine/log/journal.h"
#include "engine/log/merkle.h"
#include "engine/model/indices.h"
#include "rocksdb/env.h"

namespace tally {

// What is not as it must be.
struct VerifyFinding {
  // "log", "tree", "checkpoints", "index", "snapshots", "state", "details"…
  std::string where;
  std::string what;  // with the place in it
};

// Findings beyond these are not kept: one damaged page makes many.
inline constexpr size_t kVerifyFindingsMax = 1'000;

struct VerifyReport {
  Uuid ledger;
  // Another process had it open meanwhile.
  bool is_in_use = false;
  TreeHead head;            // as the log says it
  Position replayed = 0;    // events that were decided again
  int64_t checkpoints = 0;  // that were checked
  int64_t accounts = 0;     // whose balances were
  int64_t credit_blocks = 0;
  int64_t snapshots = 0;  // that were held to a state
  // How far the derived tables go; nullopt where there are none, which is no
  // damage: they are made again.
  std::optional<Position> index_end;
  std::vector<VerifyFinding> findings;
};

struct VerifyOptions {
  // For the times in `on_progress`. Must outlive the call.
  const Clock* clock = nullptr;
  // As known at a position: what came after it is left out.
  std::optional<Position> known_at;
  absl::AnyInvocable<void(const RecoveryProgress&)> on_progress;
};

// Where what is verified lies.
struct VerifyPlace {
  std::string log;              // the RocksDB directory
  std::string index;            // likewise; "": there is none
  std::string snapshots;        // their folder; "": there is none
  rocksdb::Env* env = nullptr;  // nullptr: the machine's own
  // What the log must hold: this head, and for it this signed note, unless
  // that is "". None: what it holds.
  std::optional<TreeHead> head;
  std::string checkpoint;
};

// Only what a replay shows: every event is decided again, and what the state
// holds is compared with what was posted.
absl::StatusOr<VerifyReport> VerifyByReplay(const Journal& journal,
                                            VerifyOptions options);

absl::StatusOr<VerifyReport> VerifyLog(const VerifyPlace& place,
                                       VerifyOptions options);

// An error, rather than a finding, where there is nothing to verify: NOT_FOUND,
// PERMISSION_DENIED, or FAILED_PRECONDITION for a newer format.
absl::StatusOr<VerifyReport> VerifyDirectory(const std::string& directory,
                                             VerifyOptions options);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_VERIFICATION_H_
