// Asks the durable state one question and hands the answer out of the lock.
//
//   return Ask<LotAnswer>(ledger, [&](const View& view)
//       -> absl::StatusOr<LotAnswer> { … });

#ifndef TALLY_ENGINE_LEDGER_ASK_H_
#define TALLY_ENGINE_LEDGER_ASK_H_

#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/view.h"

namespace tally {

// A template, so that every question is one expression with its own type.
template <typename Answer>
absl::StatusOr<Answer> Ask(
    const Ledger& ledger,
    absl::FunctionRef<absl::StatusOr<Answer>(const View&)> question) {
  absl::StatusOr<Answer> answer = absl::InternalError("not asked");
  ledger.reader().Read([&](const View& view) { answer = question(view); });
  return answer;
}

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_ASK_H_
