// How a scheme keeps physical stock: segregated and controlled blending.
// Identity-preserved stock has no terms of its own, it is always in lots.

#ifndef TALLY_ENGINE_PROFILE_PHYSICAL_TERMS_H_
#define TALLY_ENGINE_PROFILE_PHYSICAL_TERMS_H_

#include <cstdint>
#include <optional>

#include "engine/base/decimal.h"

namespace tally {

enum class LotUse : uint8_t {
  kOptional = 1,  // in lots or in a pool
  kRequired = 2,
};

struct SegregatedTerms {
  LotUse lots = LotUse::kOptional;
};

struct ControlledBlendingTerms {
  // The least share, in per cent, under which a blend may carry the claim.
  std::optional<Ratio> min_share_pct;
};

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_PHYSICAL_TERMS_H_
