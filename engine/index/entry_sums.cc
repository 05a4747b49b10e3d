#include "engine/index/entry_sums.h"

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/index/entry_keys.h"
#include "engine/storage/rocks_status.h"

namespace tally {
namespace {

std::string BlockKey(AccountIndex account, BlockId block) {
  std::string key;
  AppendAccount(account, &key);
  AppendBig(static_cast<uint64_t>(block.level), 1, &key);
  AppendNumber(block.index, &key);
  return key;
}

std::string SumKey(AccountIndex account, BlockId block, Date date) {
  std::string key = BlockKey(account, block);
  AppendDate(date, &key);
  return key;
}

bool IsWithin(const rocksdb::Iterator& iterator, const std::string& block) {
  return iterator.Valid() && iterator.key().starts_with(block);
}

absl::StatusOr<uint64_t> DecodeSum(AccountIndex account,
                                   std::string_view value) {
  VarintReader reader(value);
  const auto sum = static_cast<uint64_t>(reader.NextSigned());
  if (reader.AtEnd()) return sum;
  return absl::DataLossError(
      fmt::format("a sum of account {} is damaged", account.value()));
}

absl::Status Missing(AccountIndex account, BlockId block) {
  return absl::DataLossError(
      fmt::format("account {} has no sums of block {} of level {}",
                  account.value(), block.index, block.level));
}

absl::Status ReadStatus(const rocksdb::Iterator& iterator) {
  return FromRocks(iterator.status(), "read the sums of an account");
}

}  // namespace

int64_t BlockSize(int level) {
  int64_t size = kBlockEntries;
  for (; level > 0; --level) size *= kBlockFanout;
  return size;
}

BlockSums Accumulate(const std::map<Date, uint64_t>& deltas) {
  BlockSums sums;
  sums.reserve(deltas.size());
  uint64_t sum = 0;
  for (const auto& [date, delta] : deltas) {
    sum += delta;
    sums.push_back({.date = date, .sum = sum});
  }
  return sums;
}

SumReader::SumReader(const Database& database,
                     rocksdb::ColumnFamilyHandle* sums)
    : iterator_(database.rocks()->NewIterator(rocksdb::ReadOptions(), sums)) {}

SumReader::~SumReader() = default;

absl::StatusOr<uint64_t> SumReader::SumAt(AccountIndex account, BlockId block,
                                          Date date) {
  const std::string prefix = BlockKey(account, block);
  iterator_->SeekForPrev(SumKey(account, block, date));
  if (IsWithin(*iterator_, prefix)) {
    return DecodeSum(account, ToStd(iterator_->value()));
  }
  RETURN_IF_ERROR(ReadStatus(*iterator_));
  // All of the block is later, or it is not there.
  iterator_->Seek(prefix);
  if (IsWithin(*iterator_, prefix)) return 0;
  RETURN_IF_ERROR(ReadStatus(*iterator_));
  return Missing(account, block);
}

absl::StatusOr<BlockSums> SumReader::ReadBlock(AccountIndex account,
                                               BlockId block) {
  const std::string prefix = BlockKey(account, block);
  BlockSums sums;
  for (iterator_->Seek(prefix); IsWithin(*iterator_, prefix);
       iterator_->Next()) {
    FixedReader key(ToStd(iterator_->key()).substr(prefix.size()));
    ASSIGN_OR_RETURN(const uint64_t sum,
                     DecodeSum(account, ToStd(iterator_->value())));
    sums.push_back({.date = TakeDate(&key), .sum = sum});
  }
  RETURN_IF_ERROR(ReadStatus(*iterator_));
  if (sums.empty()) return Missing(account, block);
  return sums;
}

absl::StatusOr<BlockSums> SumWriter::Find(BlockId block) {
  const auto made = made_.find(block);
  if (made != made_.end()) return made->second;
  return reader_->ReadBlock(account_, block);
}

absl::Status SumWriter::AddFull(int64_t index,
                                const std::map<Date, uint64_t>& deltas) {
  BlockId block{.level = 0, .index = index};
  made_[block] = Accumulate(deltas);
  while (block.index % kBlockFanout == kBlockFanout - 1 &&
         block.level + 1 < kBlockLevels) {
    const BlockId above{.level = block.level + 1,
                        .index = block.index / kBlockFanout};
    std::map<Date, uint64_t> merged;
    for (int64_t i = above.index * kBlockFanout; i <= block.index; ++i) {
      ASSIGN_OR_RETURN(const BlockSums sums,
                       Find({.level = block.level, .index = i}));
      uint64_t before = 0;
      for (const DatedSum& dated : sums) {
        merged[dated.date] += dated.sum - before;
        before = dated.sum;
      }
    }
    made_[above] = Accumulate(merged);
    block = above;
  }
  return absl::OkStatus();
}

absl::Status SumWriter::Write(
    absl::FunctionRef<absl::Status(std::string_view, std::string_view)> put)
    const {
  for (const auto& [block, sums] : made_) {
    for (const DatedSum& dated : sums) {
      std::string value;
      AppendVarint(ZigZag(static_cast<int64_t>(dated.sum)), &value);
      RETURN_IF_ERROR(put(SumKey(account_, block, dated.date), value));
    }
  }
  return absl::OkStatus();
}

}  // namespace tally
