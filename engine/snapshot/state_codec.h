// A whole State as bytes, and back. The same state gives the same bytes,
// whatever its history; what is read is a state that decides and answers as
// the one that was written.
//
//   StateWriter writer(put_chunk);
//   WriteState(state, writer);
//   RETURN_IF_ERROR(writer.Finish());

#ifndef TALLY_ENGINE_SNAPSHOT_STATE_CODEC_H_
#define TALLY_ENGINE_SNAPSHOT_STATE_CODEC_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/snapshot/state_reader.h"
#include "engine/snapshot/state_writer.h"
#include "engine/state/state.h"

namespace tally {

void WriteState(const State& state, StateWriter& out);
// Into an empty state. DATA_LOSS names the table and what is wrong in it;
// what was read by then is of no use.
absl::Status ReadState(StateReader& in, State* state);

// Makes it as empty as a new one.
void Clear(State* state);

// All at once, for what is small.
absl::StatusOr<std::string> EncodeState(const State& state);
absl::Status DecodeState(std::string_view bytes, State* state);

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_STATE_CODEC_H_
