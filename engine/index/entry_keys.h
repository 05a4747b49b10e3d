// Keys and values of the tables of entries.h. Keys are big-endian and of
// fixed width, so that RocksDB's order is theirs.

#ifndef TALLY_ENGINE_INDEX_ENTRY_KEYS_H_
#define TALLY_ENGINE_INDEX_ENTRY_KEYS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/check.h"
#include "engine/base/date.h"
#include "engine/index/rows.h"
#include "engine/model/indices.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/varint.h"
#include "fmt/format.h"

namespace tally {

inline constexpr int kAccountBytes = 4;
inline constexpr int kNumberBytes = 5;
inline constexpr int kDateBytes = 3;
// An account's entries are fewer than that: 10^12.
inline constexpr int64_t kNumberMax = (int64_t{1} << (8 * kNumberBytes)) - 1;

inline void AppendAccount(AccountIndex account, std::string* key) {
  TALLY_CHECK(account.valid());
  AppendBig(static_cast<uint32_t>(account.value()), kAccountBytes, key);
}
inline void AppendNumber(int64_t number, std::string* key) {
  TALLY_CHECK(number >= 0);
  TALLY_CHECK(number <= kNumberMax);
  AppendBig(static_cast<uint64_t>(number), kNumberBytes, key);
}
// Dates before the first that there is, or after the last, count as those.
inline void AppendDate(Date date, std::string* key) {
  const int32_t days = date < Date::Min() ? 0
                       : date > Date::Max()
                           ? Date::Max().days() - Date::Min().days()
                           : date.days() - Date::Min().days();
  AppendBig(static_cast<uint32_t>(days), kDateBytes, key);
}
inline Date TakeDate(FixedReader* key) {
  return Date::Min().AddDays(static_cast<int32_t>(key->Big(kDateBytes)));
}

inline std::string AccountKey(AccountIndex account) {
  std::string key;
  AppendAccount(account, &key);
  return key;
}

inline std::string RowKey(AccountIndex account, int64_t number) {
  std::string key;
  AppendAccount(account, &key);
  AppendNumber(number, &key);
  return key;
}

inline std::string DateKey(AccountIndex account, Date date, int64_t number) {
  std::string key;
  AppendAccount(account, &key);
  AppendDate(date, &key);
  AppendNumber(number, &key);
  return key;
}

inline std::string EncodeRow(const EntryRow& row) {
  std::string value;
  AppendVarint(ZigZag(row.date.days()), &value);
  AppendVarint(static_cast<uint64_t>(row.position), &value);
  AppendVarint(static_cast<uint64_t>(row.ordinal), &value);
  AppendVarint(ZigZag(row.product.value()), &value);
  AppendVarint(ZigZag(row.delta.units()), &value);
  return value;
}

inline absl::StatusOr<EntryRow> DecodeRow(AccountIndex account,
                                          std::string_view value) {
  EntryRow row{.account = account};
  VarintReader reader(value);
  row.date = Date(static_cast<int32_t>(reader.NextSigned()));
  row.position = static_cast<Position>(reader.Next());
  row.ordinal = static_cast<int32_t>(reader.Next());
  row.product = ProductIndex(static_cast<int32_t>(reader.NextSigned()));
  row.delta = Quantity(reader.NextSigned());
  if (!reader.AtEnd() || row.position < 0) {
    return absl::DataLossError(
        fmt::format("an entry of account {} is damaged", account.value()));
  }
  return row;
}

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_ENTRY_KEYS_H_
