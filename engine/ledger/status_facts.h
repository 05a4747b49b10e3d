// What a status says in words, once more as names and values: which field of
// a question it is about, what was given there, what would be right.
//
//   return WrongField("page_token", token, "a page token of this list");
//   …
//   for (const auto& [name, value] : FactsOf(status)) …

#ifndef TALLY_ENGINE_LEDGER_STATUS_FACTS_H_
#define TALLY_ENGINE_LEDGER_STATUS_FACTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace tally {

using Facts = std::vector<std::pair<std::string, std::string>>;

// The same status, with these facts instead of those it has.
absl::Status WithFacts(absl::Status status, const Facts& facts);
Facts FactsOf(const absl::Status& status);

// INVALID_ARGUMENT with the facts `field`, `value` and `limit`.
absl::Status WrongField(std::string_view field, std::string_view value,
                        std::string_view limit);
// NOT_FOUND with the facts `field` and `value`: `no site "mill"`.
absl::Status NotThere(std::string_view thing, std::string_view field,
                      std::string_view value);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_STATUS_FACTS_H_
