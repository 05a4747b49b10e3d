#include "engine/index/event_ids.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/table.h"

namespace tally {
namespace {

// Of ten million ids asked for that are not there, about a hundred thousand
// are looked up on disk in vain.
constexpr int kFilterBitsPerId = 10;

absl::StatusOr<std::optional<EventIdRow>> Decode(const Uuid& id,
                                                 const rocksdb::Status& got,
                                                 std::string_view value) {
  if (got.IsNotFound()) return std::nullopt;
  const std::string doing = fmt::format("look up event {}", id.ToString());
  RETURN_IF_ERROR(FromRocks(got, doing));
  EventIdRow row{.id = id};
  FixedReader reader(value);
  row.position = static_cast<Position>(reader.Little64());
  row.fingerprint = reader.Little64();
  if (!reader.AtEnd() || row.position < 0) {
    return absl::DataLossError(fmt::format("{}: its row is damaged", doing));
  }
  return row;
}

// Of the ids without a row their places, by id: RocksDB would sort them too,
// but for five times as long.
std::vector<size_t> MissingInOrder(
    std::span<const Uuid> ids,
    std::span<const std::optional<EventIdRow>> rows) {
  std::vector<std::pair<uint64_t, size_t>> missing;  // how the id begins
  missing.reserve(ids.size());
  for (size_t i = 0; i < ids.size(); ++i) {
    if (rows[i].has_value()) continue;
    missing.emplace_back(FixedReader(ids[i].AsBytes()).Big64(), i);
  }
  std::sort(missing.begin(), missing.end(),
            [ids](const auto& a, const auto& b) {
              if (a.first != b.first) return a.first < b.first;
              return ids[a.second] < ids[b.second];
            });
  std::vector<size_t> places;
  places.reserve(missing.size());
  for (const auto& [begin, place] : missing) places.push_back(place);
  return places;
}

}  // namespace

rocksdb::ColumnFamilyOptions EventIds::FamilyOptions(
    std::shared_ptr<rocksdb::Cache> cache, int64_t write_buffer_bytes) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = static_cast<size_t>(write_buffer_bytes);
  // Ids are random and never read in order, so levels buy nothing: sorted
  // runs are merged as seldom as the filters allow.
  options.compaction_style = rocksdb::kCompactionStyleUniversal;
  options.level0_file_num_compaction_trigger = 8;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = std::move(cache);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kFilterBitsPerId));
  // The filters answer nearly every question, so they stay in memory.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

absl::StatusOr<std::optional<EventIdRow>> EventIds::Find(const Uuid& id) const {
  ASSIGN_OR_RETURN(const auto rows, FindAll({&id, 1}));
  return rows.front();
}

absl::StatusOr<std::vector<std::optional<EventIdRow>>> EventIds::FindAll(
    std::span<const Uuid> ids) const {
  std::vector<std::optional<EventIdRow>> rows(ids.size());
  tails_->FindEvents(ids, &rows);
  const std::vector<size_t> places = MissingInOrder(ids, rows);
  std::vector<rocksdb::Slice> keys;
  keys.reserve(places.size());
  for (const size_t place : places) {
    keys.push_back(ToSlice(ids[place].AsBytes()));
  }
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> got(keys.size());
  database_->rocks()->MultiGet(rocksdb::ReadOptions(), family_, keys.size(),
                               keys.data(), values.data(), got.data(),
                               /*sorted_input=*/true);
  for (size_t i = 0; i < places.size(); ++i) {
    ASSIGN_OR_RETURN(rows[places[i]],
                     Decode(ids[places[i]], got[i], ToStd(values[i])));
  }
  return rows;
}

std::string EventIds::EncodeRow(const EventIdRow& row) {
  std::string value;
  AppendLittle64(static_cast<uint64_t>(row.position), &value);
  AppendLittle64(row.fingerprint, &value);
  return value;
}

const EventIdRow* RecentEventIds::Find(const Uuid& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &found->second;
}

void RecentEventIds::Add(const EventIdRow& row) {
  TALLY_CHECK(in_order_.empty() || in_order_.back().position < row.position);
  const bool added = by_id_.emplace(row.id, row).second;
  TALLY_CHECK(added);
  in_order_.push_back({.id = row.id, .position = row.position});
}

void RecentEventIds::TruncateFrom(Position position) {
  while (!in_order_.empty() && in_order_.back().position >= position) {
    by_id_.erase(in_order_.back().id);
    in_order_.pop_back();
  }
}

void RecentEventIds::DropBelow(Position position) {
  while (!in_order_.empty() && in_order_.front().position < position) {
    by_id_.erase(in_order_.front().id);
    in_order_.pop_front();
  }
}

}  // namespace tally
