#include "engine/index/effect_rows.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "engine/base/status_macros.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/rocks_status.h"
#include "engine/storage/varint.h"
#include "fmt/format.h"
#include "rocksdb/iterator.h"
#include "rocksdb/write_batch.h"

namespace tally {
namespace {

// Rows that one question may have to pass over.
constexpr int64_t kChunkRows = 128;

std::string KeyOf(Position position) {
  std::string key;
  AppendBig64(static_cast<uint64_t>(position), &key);
  return key;
}

// The row of a position in a chunk; nullopt where the chunk ends before it.
absl::StatusOr<std::optional<std::string>> RowIn(std::string_view chunk,
                                                 int64_t place) {
  VarintReader rows(chunk);
  for (; place > 0 && rows.ok() && !rows.AtEnd(); --place) {
    rows.NextBytes(static_cast<size_t>(rows.Next()));
  }
  if (rows.AtEnd()) return std::nullopt;
  const auto size = static_cast<size_t>(rows.Next());
  std::string row(rows.NextBytes(size));
  if (!rows.ok()) return absl::DataLossError("its chunk is damaged");
  return row;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> EffectRows::Find(
    Position position) const {
  const std::unique_ptr<rocksdb::Iterator> at(
      database_->rocks()->NewIterator(rocksdb::ReadOptions(), family_));
  // A chunk that was cut short by a crash may lie within a later, longer one.
  for (at->SeekForPrev(KeyOf(position)); at->Valid(); at->Prev()) {
    FixedReader key(ToStd(at->key()));
    const auto first = static_cast<Position>(key.Big64());
    if (first + kChunkRows <= position) break;
    ASSIGN_OR_RETURN(std::optional<std::string> row,
                     RowIn(ToStd(at->value()), position - first));
    if (row.has_value()) return row;
  }
  RETURN_IF_ERROR(
      FromRocks(at->status(), fmt::format("read what event {} did", position)));
  return std::nullopt;
}

absl::Status EffectRows::Put(Position end, const EffectBatch& batch) const {
  const int64_t skipped =
      std::clamp<int64_t>(end - batch.first(), 0, batch.count());
  rocksdb::WriteBatch writes;
  std::string value;
  for (int64_t i = skipped; i < batch.count(); ++i) {
    const std::string_view row = batch.row(i);
    AppendVarint(row.size(), &value);
    value.append(row);
    const int64_t in_chunk = (i - skipped) % kChunkRows + 1;
    if (in_chunk < kChunkRows && i + 1 < batch.count()) continue;
    writes.Put(family_, KeyOf(batch.first() + i + 1 - in_chunk), value);
    value.clear();
  }
  return FromRocks(database_->rocks()->Write(rocksdb::WriteOptions(), &writes),
                   "write what events did");
}

}  // namespace tally
