// Goes through the chunks of a log in RocksDB, and finds its end.

#ifndef TALLY_ENGINE_LOG_ROCKS_JOURNAL_READER_H_
#define TALLY_ENGINE_LOG_ROCKS_JOURNAL_READER_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/log/chunk.h"
#include "engine/log/journal.h"
#include "engine/storage/database.h"

namespace tally {

// The key of the chunk whose first record is at `first`.
std::string ChunkKey(Position first);

// The group that the log ends with; nullopt of an empty log.
absl::StatusOr<std::optional<GroupHeader>> ReadLastGroup(
    const Database& database, rocksdb::ColumnFamilyHandle* log);

// Reads [from, end), all of which must be there. Checks that chunk follows
// chunk, group follows group, and root follows root.
class RocksJournalReader final : public JournalReader {
 public:
  RocksJournalReader(const Database& database, rocksdb::ColumnFamilyHandle* log,
                     Position from, Position end);
  ~RocksJournalReader() override;

  absl::StatusOr<bool> Next() override;
  Position position() const override { return position_; }
  std::string_view record() const override;
  const GroupHeader& group() const override { return chunk_.group(); }

 private:
  absl::Status NextChunk();
  absl::Status CheckFollows(const Chunk& chunk) const;

  const Position end_;
  const std::unique_ptr<rocksdb::Iterator> iterator_;
  Chunk chunk_;  // views of what the iterator is at
  bool has_chunk_ = false;
  Position next_;
  Position position_ = -1;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_ROCKS_JOURNAL_READER_H_
