// Pages of things by their id, out of tables that are in order of arrival:
// one pass for a page, which keeps no more than the page.

#ifndef TALLY_ENGINE_LEDGER_ORDERED_NAMES_H_
#define TALLY_ENGINE_LEDGER_ORDERED_NAMES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/ledger/page.h"

namespace tally {

struct OrderedNames {
  std::vector<int32_t> indices;  // by name
  bool more = false;             // there are further ones
};

// Of the indices 0..count-1 that are `wanted`, those whose names come first
// after `page.after`.
absl::StatusOr<OrderedNames> PageByName(
    int32_t count, const PageQuestion& page,
    absl::FunctionRef<std::string_view(int32_t)> name_of,
    absl::FunctionRef<bool(int32_t)> wanted);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_ORDERED_NAMES_H_
