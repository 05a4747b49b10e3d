// What flows through a process: its inputs and outputs with everything found
// and read.

#ifndef TALLY_ENGINE_RULES_PROCESS_FLOW_H_
#define TALLY_ENGINE_RULES_PROCESS_FLOW_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/decimal.h"
#include "engine/model/event.h"
#include "engine/model/exact_quantity.h"
#include "engine/rules/case.h"
#include "engine/rules/field_path.h"

namespace tally {

struct FlowInput {
  ProductIndex product;
  ClaimIndex claim;
  LotIndex lot;
  Quantity quantity;      // debited
  ExactQuantity content;  // that a claimed output can draw on
  ExactQuantity need;     // of a computed input, before it was rounded
  bool computed = false;  // the event left the quantity out
  bool neutral = false;   // counts for no claim and no mix

  // What went in: of a computed input its exact need.
  ExactQuantity Used() const {
    return computed ? need : ExactQuantity(quantity);
  }
};

struct FlowOutput {
  ProductIndex product;
  ClaimIndex claim;
  Quantity quantity;
  ExactQuantity content;  // the certified part of a claimed one
  std::optional<Decimal> claims_share;
  const ProcessOutput* named = nullptr;
  FieldPath field;
};

struct Flow {
  SiteIndex site;
  std::string_view process;
  std::vector<FlowInput> inputs;
  std::vector<FlowOutput> outputs;
  // The schemes of the outputs' claims, each once.
  std::vector<SchemeIndex> schemes;
};

// Whether an input may count for an output under `claim`: a claim of its
// scheme, or one that it recognises, from whose model downgrades lead there.
bool IsEligible(const Case& c, const FlowInput& input, ClaimIndex claim);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_PROCESS_FLOW_H_
