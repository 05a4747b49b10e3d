// Makes every derived table of a ledger's directory again from its log, and
// says what was different in the old ones.

#ifndef TALLY_ENGINE_LEDGER_REINDEX_H_
#define TALLY_ENGINE_LEDGER_REINDEX_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/ledger/verification.h"
#include "engine/model/indices.h"

namespace tally {

struct ReindexReport {
  Position end = 0;  // up to where the tables go now: all of the log
  std::optional<Position> old_end;  // and before; nullopt: there were none
  // What was wrong with the old ones.
  std::vector<VerifyFinding> changed;
};

// Refused attempts do not follow from the log and are kept, unless the tables
// could not be opened. FAILED_PRECONDITION while a server has the directory
// open; DATA_LOSS where the log itself is damaged, and then nothing is changed.
absl::StatusOr<ReindexReport> Reindex(const std::string& directory,
                                      VerifyOptions options);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_REINDEX_H_
