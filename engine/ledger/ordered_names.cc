#include "engine/ledger/ordered_names.h"

#include <set>
#include <utility>

#include "engine/base/status_macros.h"

namespace tally {

absl::StatusOr<OrderedNames> PageByName(
    int32_t count, const PageQuestion& page,
    absl::FunctionRef<std::string_view(int32_t)> name_of,
    absl::FunctionRef<bool(int32_t)> wanted) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(page.size));
  OrderedNames names;
  std::set<std::pair<std::string_view, int32_t>> first;
  for (int32_t i = 0; i < count; ++i) {
    const std::string_view name = name_of(i);
    if (name <= page.after) continue;
    if (first.size() == size && name > first.rbegin()->first) {
      // Only what is wanted makes a further page; but once one is known, the
      // rest need not be looked at.
      names.more = names.more || wanted(i);
      continue;
    }
    if (!wanted(i)) continue;
    first.emplace(name, i);
    if (first.size() > size) {
      first.erase(std::prev(first.end()));
      names.more = true;
    }
  }
  for (const auto& [name, index] : first) names.indices.push_back(index);
  return names;
}

}  // namespace tally
