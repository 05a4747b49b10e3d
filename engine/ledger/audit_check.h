// Checks an auditor's bundle, without the ledger: that its records are the
// log's, in their order and without a gap, under a signed checkpoint; and
// where it begins with the first one, that the rules decide every event as the
// ledger did. What a bundle cannot show is said, not passed over.

#ifndef TALLY_ENGINE_LEDGER_AUDIT_CHECK_H_
#define TALLY_ENGINE_LEDGER_AUDIT_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/ledger/verification.h"
#include "engine/log/tree_note.h"
#include "engine/model/indices.h"

namespace tally {

struct AuditReport {
  Uuid ledger;
  Position first = 0;
  Position end = 0;
  int64_t records = 0;      // that are proven to be the log's
  TreeNote tree;            // of the checkpoint that covers them
  std::string key;          // that it is signed with, a verifier key
  int64_t checkpoints = 0;  // within the range, that hold
  int64_t profiles = 0;     // published before the range, and proven
  // The events decided again; nullopt where the bundle begins later than the
  // ledger, so that what they built on is not in it.
  std::optional<VerifyReport> replay;
  std::vector<VerifyFinding> findings;
};

// An error, rather than a finding, where there is nothing to check: NOT_FOUND,
// or INVALID_ARGUMENT for a key that is none. `trusted_key`: the log's
// verifier key as its operator publishes it; "": the one in the bundle.
absl::StatusOr<AuditReport> CheckAudit(const std::string& path,
                                       std::string_view trusted_key,
                                       VerifyOptions options);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_AUDIT_CHECK_H_
