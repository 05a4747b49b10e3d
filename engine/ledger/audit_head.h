// What an auditor's bundle begins with: which records follow, and what proves
// that they are those of the log. docs/audit_bundle.md has the format.
//
// The roots of what is left of the first record and the records themselves
// give the root of the tree that ends with the last one; a consistency proof
// leads from there to a signed checkpoint. So no record needs a path of its
// own, whichever range it is.

#ifndef TALLY_ENGINE_LEDGER_AUDIT_HEAD_H_
#define TALLY_ENGINE_LEDGER_AUDIT_HEAD_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/log/checkpoint_table.h"
#include "engine/log/journal.h"
#include "engine/log/merkle_proof.h"
#include "engine/model/indices.h"

namespace tally {

// Records besides the range: publications of profiles that came before it.
inline constexpr size_t kAuditOthersMax = 1'000;
inline constexpr size_t kAuditHeadBytesMax = size_t{256} << 20;

// A record with the proof that it is in the tree of the bundle's checkpoint.
struct AuditRecord {
  Position position = -1;
  std::string record;
  Proof path;
};

struct AuditHead {
  Uuid ledger;
  Position first = 0;
  Position end = 0;  // the position after the last record
  // The roots of the complete subtrees of the positions before `first`, the
  // highest first.
  std::vector<Sha256Digest> left;
  // The first checkpoint that covers the range, with witnesses' lines; from
  // the tree of `end` leaves to its own.
  std::string checkpoint;
  Proof path;
  // Those that were signed within the range, as signed notes.
  std::vector<std::string> checkpoints;
  std::vector<LogKey> keys;
  std::vector<AuditRecord> others;
};

// Reads what is stored. `covering` is that of a size at or above `end`.
absl::StatusOr<AuditHead> MakeAuditHead(const Journal& journal,
                                        const CheckpointTable& checkpoints,
                                        const SignedCheckpoint& covering,
                                        Position first, Position end,
                                        std::span<const Position> others);

std::string EncodeAuditHead(const AuditHead& head);
// DATA_LOSS for what is none; safe on any input.
absl::StatusOr<AuditHead> DecodeAuditHead(std::string_view bytes);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_AUDIT_HEAD_H_
