#include "engine/index/refusals.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/model/event.h"
#include "engine/model/limits.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/rocks_status.h"
#include "engine/storage/varint.h"
#include "fmt/format.h"
#include "rocksdb/write_batch.h"

namespace tally {
namespace {

// Rows that one page may look at before it is handed out, however few of
// them are asked for.
constexpr int64_t kLookedAtMax = 10'000;
// Attempts that pile up before the oldest are removed, so that a removal is
// rare and covers many.
constexpr int64_t kRemovedAtOnce = 1'000;

std::string Key(int64_t sequence) {
  std::string key;
  AppendBig64(static_cast<uint64_t>(sequence), &key);
  return key;
}

int64_t SequenceOf(const rocksdb::Slice& key) {
  return static_cast<int64_t>(FixedReader(ToStd(key)).Big64());
}

void AppendText(std::string_view text, int bytes_max, std::string* out) {
  std::string_view kept = text.substr(0, static_cast<size_t>(bytes_max));
  // Not in the middle of a character, of which only the first byte is not a
  // continuation.
  while (kept.size() < text.size() && !kept.empty() &&
         (text[kept.size()] & '\xC0') == '\x80') {
    kept.remove_suffix(1);
  }
  AppendVarint(kept.size(), out);
  out->append(kept);
}

std::string EncodeValue(const RefusalRow& row) {
  std::string value;
  AppendVarint(ZigZag(row.recorded_at.micros()), &value);
  value.append(row.event.AsBytes());
  AppendVarint(static_cast<uint64_t>(row.kind), &value);
  AppendVarint(static_cast<uint64_t>(row.code), &value);
  AppendText(row.party, kIdBytesMax, &value);
  AppendText(row.detail, kTextBytesMax, &value);
  return value;
}

absl::StatusOr<RefusalRow> Decode(int64_t sequence, std::string_view value) {
  RefusalRow row{.sequence = sequence};
  VarintReader reader(value);
  row.recorded_at = Instant(reader.NextSigned());
  const std::string_view id = reader.NextBytes(row.event.bytes.size());
  std::memcpy(row.event.bytes.data(), id.data(), id.size());
  const uint64_t kind = reader.Next();
  const uint64_t code = reader.Next();
  row.party = reader.NextBytes(reader.Next());
  row.detail = reader.NextBytes(reader.Next());
  if (!reader.AtEnd() || kind >= uint64_t{kKindCount} ||
      code >= uint64_t{kCodeCount}) {
    return absl::DataLossError(
        fmt::format("the row of refusal {} is damaged", sequence));
  }
  row.kind = static_cast<int32_t>(kind);
  row.code = static_cast<Code>(code);
  return row;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Refusals>> Refusals::Open(
    const Database* database, rocksdb::ColumnFamilyHandle* family,
    int64_t count_max) {
  TALLY_CHECK(count_max > 0);
  std::unique_ptr<Refusals> refusals(new Refusals(database, family, count_max));
  const std::unique_ptr<rocksdb::Iterator> iterator(
      database->rocks()->NewIterator(rocksdb::ReadOptions(), family));
  iterator->SeekToFirst();
  if (iterator->Valid()) {
    refusals->first_ = SequenceOf(iterator->key());
    iterator->SeekToLast();
    refusals->next_ = SequenceOf(iterator->key()) + 1;
  }
  RETURN_IF_ERROR(FromRocks(iterator->status(), "open the refused attempts"));
  return refusals;
}

absl::Status Refusals::Add(std::span<const RefusalRow> refusals) {
  if (refusals.empty()) return absl::OkStatus();
  int64_t next = next_.load(std::memory_order_relaxed);
  rocksdb::WriteBatch batch;
  for (const RefusalRow& row : refusals) {
    batch.Put(family_, Key(next++), EncodeValue(row));
  }
  int64_t first = first_;
  if (next - first > count_max_ + kRemovedAtOnce) {
    batch.DeleteRange(family_, Key(first), Key(next - count_max_));
    first = next - count_max_;
  }
  RETURN_IF_ERROR(
      FromRocks(database_->rocks()->Write(rocksdb::WriteOptions(), &batch),
                "write the refused attempts"));
  first_ = first;
  next_.store(next, std::memory_order_release);
  return absl::OkStatus();
}

absl::StatusOr<RefusalPage> Refusals::List(const RefusalQuery& query) const {
  TALLY_CHECK(query.page_size > 0);
  const int64_t next = next_.load(std::memory_order_acquire);
  const int64_t oldest = std::max<int64_t>(0, next - count_max_);
  const int64_t before = query.before < 0 ? next : std::min(query.before, next);
  RefusalPage page;
  if (before <= oldest) return page;
  const std::unique_ptr<rocksdb::Iterator> iterator(
      database_->rocks()->NewIterator(rocksdb::ReadOptions(), family_));
  int64_t looked_at = 0;
  for (iterator->SeekForPrev(Key(before - 1)); iterator->Valid();
       iterator->Prev()) {
    const int64_t sequence = SequenceOf(iterator->key());
    if (sequence < oldest) break;
    if (std::ssize(page.refusals) == query.page_size ||
        looked_at == kLookedAtMax) {
      page.next_before = sequence + 1;
      break;
    }
    ++looked_at;
    ASSIGN_OR_RETURN(RefusalRow row,
                     Decode(sequence, ToStd(iterator->value())));
    if (query.party.empty() || row.party == query.party) {
      page.refusals.push_back(std::move(row));
    }
  }
  RETURN_IF_ERROR(FromRocks(iterator->status(), "list the refused attempts"));
  return page;
}

}  // namespace tally
