// The effects of an event as the derived tables keep them. Numbers of things
// are those of the state, which the log gives them in the same order whenever
// it is replayed.

#ifndef TALLY_ENGINE_LEDGER_EFFECTS_CODEC_H_
#define TALLY_ENGINE_LEDGER_EFFECTS_CODEC_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/state/effects.h"

namespace tally {

// Replaces what `bytes` holds. The effects stay as they are.
void EncodeEffects(Effects* effects, std::string* bytes);
// DATA_LOSS for what EncodeEffects() did not write.
absl::StatusOr<Effects> DecodeEffects(std::string_view bytes);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_EFFECTS_CODEC_H_
