#include "engine/log/rocks_journal_reader.h"

#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"

namespace tally {
namespace {

std::string Hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    text += fmt::format("{:02x}", static_cast<uint8_t>(byte));
  }
  return text;
}

absl::Status DamagedAt(Position position, std::string_view key,
                       std::string_view what) {
  return absl::DataLossError(
      fmt::format("the log is damaged at position {}, key {}: {}", position,
                  Hex(key), what));
}

// The chunk that the iterator is at; its key and its header agree.
absl::StatusOr<Chunk> DecodeAt(const rocksdb::Iterator& iterator,
                               Position expected) {
  const std::string_view key = ToStd(iterator.key());
  absl::StatusOr<Chunk> chunk = Chunk::Decode(ToStd(iterator.value()));
  if (!chunk.ok()) return DamagedAt(expected, key, MessageOf(chunk.status()));
  if (ChunkKey(chunk->first()) != key) {
    return DamagedAt(
        expected, key,
        fmt::format("the chunk says that it starts at {}", chunk->first()));
  }
  return chunk;
}

}  // namespace

std::string ChunkKey(Position first) {
  std::string key;
  AppendBig64(static_cast<uint64_t>(first), &key);
  return key;
}

absl::StatusOr<std::optional<GroupHeader>> ReadLastGroup(
    const Database& database, rocksdb::ColumnFamilyHandle* log) {
  const std::unique_ptr<rocksdb::Iterator> iterator(
      database.rocks()->NewIterator(rocksdb::ReadOptions(), log));
  iterator->SeekToLast();
  RETURN_IF_ERROR(FromRocks(
      iterator->status(),
      fmt::format("find the end of the log in {}", database.directory())));
  if (!iterator->Valid()) return std::nullopt;
  const Position last =
      static_cast<Position>(FixedReader(ToStd(iterator->key())).Big64());
  ASSIGN_OR_RETURN(const Chunk chunk, DecodeAt(*iterator, last));
  if (chunk.end() != chunk.group().end()) {
    return DamagedAt(chunk.end(), ToStd(iterator->key()),
                     fmt::format("the log ends within the group of {} to {}",
                                 chunk.group().first, chunk.group().end()));
  }
  return chunk.group();
}

RocksJournalReader::RocksJournalReader(const Database& database,
                                       rocksdb::ColumnFamilyHandle* log,
                                       Position from, Position end)
    : end_(end),
      iterator_(database.rocks()->NewIterator(rocksdb::ReadOptions(), log)),
      next_(from) {}

RocksJournalReader::~RocksJournalReader() = default;

absl::StatusOr<bool> RocksJournalReader::Next() {
  if (next_ >= end_) return false;
  if (!has_chunk_ || next_ == chunk_.end()) RETURN_IF_ERROR(NextChunk());
  position_ = next_++;
  return true;
}

std::string_view RocksJournalReader::record() const {
  TALLY_CHECK(position_ >= 0);
  return chunk_.record(position_ - chunk_.first());
}

absl::Status RocksJournalReader::NextChunk() {
  if (has_chunk_) {
    iterator_->Next();
  } else {
    iterator_->SeekForPrev(ChunkKey(next_));
  }
  if (!iterator_->status().ok()) {
    return DamagedAt(
        next_, ChunkKey(next_),
        MessageOf(FromRocks(iterator_->status(), "read the chunk")));
  }
  if (!iterator_->Valid()) {
    return DamagedAt(next_, ChunkKey(next_), "nothing is stored there");
  }
  ASSIGN_OR_RETURN(Chunk chunk, DecodeAt(*iterator_, next_));
  RETURN_IF_ERROR(CheckFollows(chunk));
  chunk_ = std::move(chunk);
  has_chunk_ = true;
  return absl::OkStatus();
}

absl::Status RocksJournalReader::CheckFollows(const Chunk& chunk) const {
  const std::string key = ChunkKey(chunk.first());
  if (next_ < chunk.first() || next_ >= chunk.end() ||
      (has_chunk_ && next_ != chunk.first())) {
    return DamagedAt(next_, key,
                     fmt::format("the chunk there holds {} to {}",
                                 chunk.first(), chunk.end()));
  }
  if (!has_chunk_) return absl::OkStatus();
  const GroupHeader& before = chunk_.group();
  const bool same_group = next_ < before.end();
  if (same_group ? chunk.group() != before
                 : chunk.group().first != next_ ||
                       chunk.group().previous_root != before.root) {
    return DamagedAt(next_, key, "the group does not follow the one before");
  }
  return absl::OkStatus();
}

}  // namespace tally
