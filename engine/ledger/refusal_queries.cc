#include "engine/ledger/refusal_queries.h"

#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/reader.h"

namespace tally {

absl::StatusOr<Page<RefusedAttempt>> ListRefusedAttempts(
    const Ledger& ledger, std::string_view party, const PageQuestion& page) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(page.size));
  RefusalQuery query{.party = std::string(party),
                     .page_size = static_cast<int32_t>(size)};
  if (!page.after.empty()) {
    ASSIGN_OR_RETURN(query.before, ReadPageNumber(page.after));
  }
  ASSIGN_OR_RETURN(RefusalPage found,
                   ledger.reader().tables().ListRefusals(query));
  Page<RefusedAttempt> answer{.standing = ledger.standing()};
  for (RefusalRow& row : found.refusals) {
    answer.items.push_back({.recorded_at = row.recorded_at,
                            .event = row.event,
                            .kind = row.kind,
                            .code = row.code,
                            .party = std::move(row.party),
                            .message = std::move(row.detail)});
  }
  if (found.next_before >= 0) answer.next = std::to_string(found.next_before);
  return answer;
}

}  // namespace tally
