#include "engine/ledger/plan_rows.h"

namespace tally {

void AddRows(const EventIdRow& event, const Plan& plan,
             std::string_view effects, IndexBatch* rows) {
  rows->event_ids.push_back(event);
  rows->effects.Add(event.position, effects);
  int32_t ordinal = 0;
  for (const Posting& posting : plan.postings) {
    if (posting.account.valid()) {
      rows->entries.push_back({.account = posting.account,
                               .date = posting.date,
                               .position = event.position,
                               .ordinal = ordinal,
                               .product = posting.product,
                               .delta = posting.delta});
    }
    ++ordinal;
  }
  rows->end = event.position + 1;
}

}  // namespace tally
