// Writes an auditor's bundle from a ledger's directory, without a server; one
// may have it open meanwhile.

#ifndef TALLY_ENGINE_LEDGER_AUDIT_EXPORT_H_
#define TALLY_ENGINE_LEDGER_AUDIT_EXPORT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "engine/ledger/audit_head.h"
#include "engine/model/indices.h"

namespace tally {

struct AuditRange {
  std::optional<Position> first;  // none: 0
  std::optional<Position> last;   // none: the last one that is signed
};

// FAILED_PRECONDITION where no checkpoint covers the range.
absl::StatusOr<AuditHead> ExportAudit(const std::string& data,
                                      const AuditRange& range,
                                      const std::string& path);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_AUDIT_EXPORT_H_
