// What a snapshot says of itself before the state: which log it is of, how
// far, and which program could have made it. 120 bytes, docs/log_format.md.

#ifndef TALLY_ENGINE_SNAPSHOT_SNAPSHOT_HEAD_H_
#define TALLY_ENGINE_SNAPSHOT_SNAPSHOT_HEAD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/sha256.h"
#include "engine/base/uuid.h"
#include "engine/model/indices.h"

namespace tally {

// The version of what is in a snapshot, one more with every change of a table
// or of a struct in one. One of another version is not read: the log is
// replayed instead.
inline constexpr uint32_t kSnapshotFormat = 1;

struct SnapshotHead {
  // Of the rules that decided what led to the state. Other rules might have
  // led to another.
  uint32_t rules_version = 0;
  Uuid ledger;
  // The state is that after all events below `end`.
  Position end = 0;
  // Of the event before `end`.
  Instant last_recorded_at{INT64_MIN};
  // The latest business date of an event; Date::Min() where there is none.
  Date latest_date = Date::Min();
  // Of the log's tree at `end`.
  Sha256Digest root{};

  friend bool operator==(const SnapshotHead&, const SnapshotHead&) = default;
};

inline constexpr size_t kSnapshotHeadBytes = 120;

std::string EncodeSnapshotHead(const SnapshotHead& head);
// DATA_LOSS where it is damaged, FAILED_PRECONDITION for another format.
absl::StatusOr<SnapshotHead> DecodeSnapshotHead(std::string_view bytes);

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_SNAPSHOT_HEAD_H_
