// The sums of blocks of an account's entries, by date.
//
// A block of level n is 256 * 16^n consecutive entries, beginning at a
// multiple of that. For every date that occurs in it there is one row: the
// sum of the deltas dated then or earlier. So the sum up to any date is one
// seek. Sums wrap around at 2^64: partial ones may pass what a quantity can
// be, and the whole still comes out exactly.

#ifndef TALLY_ENGINE_INDEX_ENTRY_SUMS_H_
#define TALLY_ENGINE_INDEX_ENTRY_SUMS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/storage/database.h"

namespace tally {

inline constexpr int64_t kBlockEntries = 256;
inline constexpr int kBlockFanout = 16;
inline constexpr int kBlockLevels = 8;

struct BlockId {
  int level = 0;
  int64_t index = 0;

  friend auto operator<=>(const BlockId&, const BlockId&) = default;
};

// Entries of one block of the level.
int64_t BlockSize(int level);

// The sums dated each day or earlier, by ascending date.
struct DatedSum {
  Date date;
  uint64_t sum = 0;
};
using BlockSums = std::vector<DatedSum>;

// Of deltas by date.
BlockSums Accumulate(const std::map<Date, uint64_t>& deltas);

class SumReader {
 public:
  SumReader(const Database& database, rocksdb::ColumnFamilyHandle* sums);
  ~SumReader();

  // The sum of the block's deltas dated `date` or earlier. DATA_LOSS where
  // the block is not there.
  absl::StatusOr<uint64_t> SumAt(AccountIndex account, BlockId block,
                                 Date date);
  absl::StatusOr<BlockSums> ReadBlock(AccountIndex account, BlockId block);

 private:
  const std::unique_ptr<rocksdb::Iterator> iterator_;
};

// Makes the blocks of one account that become full in one run.
class SumWriter {
 public:
  SumWriter(SumReader* reader, AccountIndex account)
      : reader_(reader), account_(account) {}

  // The next block of level 0 is full; `deltas` are those of its entries.
  // Makes the blocks above that it completes, too.
  absl::Status AddFull(int64_t index, const std::map<Date, uint64_t>& deltas);

  // Gives out what was made, in the order of the keys.
  absl::Status Write(
      absl::FunctionRef<absl::Status(std::string_view, std::string_view)> put)
      const;

 private:
  // One of those made, or one that is stored.
  absl::StatusOr<BlockSums> Find(BlockId block);

  SumReader* const reader_;
  const AccountIndex account_;
  std::map<BlockId, BlockSums> made_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_ENTRY_SUMS_H_
