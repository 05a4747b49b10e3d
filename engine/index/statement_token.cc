#include "engine/index/statement_token.h"

#include "absl/status/status.h"
#include "engine/storage/crc32c.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/varint.h"

namespace tally {
namespace {

constexpr uint64_t kTokenVersion = 1;
constexpr size_t kChecksumBytes = 4;

Date ToDate(int64_t days) { return Date(static_cast<int32_t>(days)); }

}  // namespace

std::string EncodeToken(const StatementToken& token) {
  std::string text;
  AppendVarint(kTokenVersion, &text);
  AppendVarint(ZigZag(token.account.value()), &text);
  AppendVarint(ZigZag(token.dates.first.days()), &text);
  AppendVarint(ZigZag(token.dates.last.days()), &text);
  AppendVarint(ZigZag(token.known_count), &text);
  AppendVarint(ZigZag(token.next_date.days()), &text);
  AppendVarint(ZigZag(token.next_number), &text);
  AppendVarint(ZigZag(token.balance.units()), &text);
  AppendLittle32(Crc32c(text), &text);
  return text;
}

absl::StatusOr<StatementToken> DecodeToken(std::string_view text) {
  const absl::Status bad =
      absl::InvalidArgumentError("the page token is not one of a statement");
  if (text.size() < kChecksumBytes) return bad;
  const std::string_view body = text.substr(0, text.size() - kChecksumBytes);
  FixedReader checksum(text.substr(body.size()));
  if (checksum.Little32() != Crc32c(body)) return bad;
  VarintReader reader(body);
  if (reader.Next() != kTokenVersion) return bad;
  StatementToken token;
  token.account = AccountIndex(static_cast<int32_t>(reader.NextSigned()));
  token.dates.first = ToDate(reader.NextSigned());
  token.dates.last = ToDate(reader.NextSigned());
  token.known_count = reader.NextSigned();
  token.next_date = ToDate(reader.NextSigned());
  token.next_number = reader.NextSigned();
  token.balance = Quantity(reader.NextSigned());
  if (!reader.AtEnd() || !token.account.valid() || token.known_count < 0 ||
      token.next_number < 0) {
    return bad;
  }
  return token;
}

}  // namespace tally
