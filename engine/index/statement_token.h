// Where the next page of a statement goes on, as an opaque token.

#ifndef TALLY_ENGINE_INDEX_STATEMENT_TOKEN_H_
#define TALLY_ENGINE_INDEX_STATEMENT_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

struct StatementToken {
  // Of the query, which has to be the same.
  AccountIndex account;
  DateRange dates;
  // How many of the account's entries the first page knew of.
  int64_t known_count = 0;
  // The first that was not looked at, and the balance before it.
  Date next_date;
  int64_t next_number = 0;
  Quantity balance;
};

std::string EncodeToken(const StatementToken& token);

// INVALID_ARGUMENT for anything that EncodeToken() did not give.
absl::StatusOr<StatementToken> DecodeToken(std::string_view text);

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_STATEMENT_TOKEN_H_
