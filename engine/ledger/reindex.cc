#include "engine/ledger/reindex.h"

#include <memory>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/index/index.h"
#include "engine/ledger/follower.h"
#include "engine/ledger/index_tables.h"
#include "engine/ledger/recovery.h"
#include "engine/ledger/storage.h"
#include "engine/log/rocks_journal.h"
#include "engine/state/state.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Damage of the log is no matter of its tables.
absl::Status CheckLog(const VerifyReport& report) {
  for (const VerifyFinding& finding : report.findings) {
    if (finding.where == "index") continue;
    return absl::DataLossError(fmt::format("nothing was changed: {}: {}",
                                           finding.where, finding.what));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ReindexReport> Reindex(const std::string& directory,
                                      VerifyOptions options) {
  ReindexReport report;
  // Opened to write, so that no server comes in between.
  Storage storage;
  ASSIGN_OR_RETURN(storage.journal, RocksJournal::Open(directory + "/log", {}));
  const Uuid ledger = storage.journal->ledger();
  ASSIGN_OR_RETURN(
      const VerifyReport before,
      VerifyLog({.log = directory + "/log",
                 .index = directory + "/index",
                 .env = nullptr,
                 .head = {},
                 .checkpoint = {}},
                {.clock = options.clock, .known_at = {}, .on_progress = {}}));
  RETURN_IF_ERROR(CheckLog(before));
  report.old_end = before.index_end;
  report.changed = before.findings;

  ASSIGN_OR_RETURN(
      std::unique_ptr<Index> index,
      Index::OpenOrRemake(directory + "/index", {.ledger = ledger}));
  RETURN_IF_ERROR(index->Clear());
  Index* const tables = index.get();
  storage.tables = std::make_unique<IndexTables>(std::move(index));
  State state;
  Follower follower;
  Recovery recovery(&storage, &state, &follower);
  ASSIGN_OR_RETURN(const Recovered recovered,
                   recovery.Run(*options.clock, &options.on_progress));
  RETURN_IF_ERROR(tables->Flush());
  report.end = recovered.next;
  return report;
}

}  // namespace tally
