// A hint on a status: when to try again.

#ifndef TALLY_ENGINE_LEDGER_RETRY_HINT_H_
#define TALLY_ENGINE_LEDGER_RETRY_HINT_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"

namespace tally {

// The same status, with kRetryAfterMillis or another time.
absl::Status WithRetryAfter(absl::Status status);
absl::Status WithRetryAfter(absl::Status status, int64_t millis);

// The hint, in milliseconds; none where there is none.
std::optional<int64_t> RetryAfterMillis(const absl::Status& status);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_RETRY_HINT_H_
