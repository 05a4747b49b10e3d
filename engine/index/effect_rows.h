// What each event did, by its position: bytes that only who reads them can
// tell the meaning of. Asked for one event at a time, when it turns out false,
// and written for each, so rows are stored in chunks: the key is the first
// position of one, the value its rows with their lengths. Rows that a crash
// left behind end() are written again and say the same.

#ifndef TALLY_ENGINE_INDEX_EFFECT_ROWS_H_
#define TALLY_ENGINE_INDEX_EFFECT_ROWS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/index/rows.h"
#include "engine/model/indices.h"
#include "engine/storage/database.h"

namespace tally {

class EffectRows {
 public:
  // `database` must outlive it.
  EffectRows(const Database* database, rocksdb::ColumnFamilyHandle* family)
      : database_(database), family_(family) {}

  // nullopt where nothing was written down at that position. Below the index's
  // end() it is there; past it, a crash may have left it or not.
  absl::StatusOr<std::optional<std::string>> Find(Position position) const;

  // Writes the rows of positions from `end` on; they survive a crash of the
  // machine once the database's write-ahead log is synced.
  absl::Status Put(Position end, const EffectBatch& batch) const;

 private:
  const Database* database_;
  rocksdb::ColumnFamilyHandle* family_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_EFFECT_ROWS_H_
