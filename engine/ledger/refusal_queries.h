// The journal of refused attempts, newest first. It is no part of the log: a
// refused event consumes nothing, and old attempts are forgotten.

#ifndef TALLY_ENGINE_LEDGER_REFUSAL_QUERIES_H_
#define TALLY_ENGINE_LEDGER_REFUSAL_QUERIES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/page.h"
#include "engine/model/refusal.h"

namespace tally {

struct RefusedAttempt {
  Instant recorded_at;
  Uuid event;
  int kind = 0;  // as Event::kind()
  Code code = Code::kAccepted;
  // Who posted it, else the party that it names, else the owner of its site;
  // empty where none of them is known.
  std::string party;
  std::string message;
};

// Without party: those of all.
absl::StatusOr<Page<RefusedAttempt>> ListRefusedAttempts(
    const Ledger& ledger, std::string_view party, const PageQuestion& page);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_REFUSAL_QUERIES_H_
