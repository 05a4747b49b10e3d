// The outcome of one event: accepted, with its position and what it decided,
// or refused.

#ifndef TALLY_ENGINE_MODEL_OUTCOME_H_
#define TALLY_ENGINE_MODEL_OUTCOME_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/named_account.h"
#include "engine/model/quantity.h"
#include "engine/model/refusal.h"

namespace tally {

// Serials that an event drew, in the order in which it drew them.
struct DrawnSerials {
  std::string block;
  int64_t from = 0;
  int64_t to = 0;  // inclusive

  friend bool operator==(const DrawnSerials&, const DrawnSerials&) = default;
};

// An account that the event changed, and its latest balance just after it.
struct TouchedBalance {
  NamedAccount account;
  Amount delta;
  Amount balance;
};

// A figure of a warning, which is kept as it was told.
struct WarningFigure {
  Warning warning = Warning::kUnspecified;
  Figure figure;

  friend bool operator==(const WarningFigure& a, const WarningFigure& b) {
    return a.warning == b.warning && a.figure.name == b.figure.name &&
           a.figure.value == b.figure.value && a.figure.unit == b.figure.unit;
  }
};

// What the ledger decided beyond the event's own words. It is stored with the
// event, so that a repeated request is answered as the first one was.
struct Decision {
  absl::InlinedVector<Warning, 1> warnings;
  // redeem_credits, transfer_credits: the serials that moved.
  std::vector<DrawnSerials> serials;
  // process: the debit of each input, in its order, where the event left one
  // out; else empty.
  absl::InlinedVector<Quantity, 1> inputs;
  // The figures of the warnings, in the order of those.
  std::vector<WarningFigure> figures;

  friend bool operator==(const Decision&, const Decision&) = default;
};

struct Outcome {
  // kAccepted, or the code of `refusal`.
  Code code = Code::kAccepted;
  // The same event was answered before; this is that answer.
  bool repeated = false;
  Position position = -1;  // of an accepted event
  Instant recorded_at;
  Decision decision;
  // Filled when balances were asked for, in the order of the postings.
  std::vector<TouchedBalance> balances;
  std::unique_ptr<Refusal> refusal;

  bool accepted() const { return code == Code::kAccepted; }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_OUTCOME_H_
