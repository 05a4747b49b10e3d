// Snapshots from any bytes: nothing stops the reading, and what is read as a
// state is written and read again to the same. A file is read as it is, and
// once more with its digests put right, so that what lies behind them is tried.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/snapshot/snapshot_frame.h"
#include "engine/snapshot/state_codec.h"
#include "engine/storage/fixed_bytes.h"
#include "tests/fuzz/portions.h"

namespace tally {
namespace {

void Whole(std::string_view bytes) {
  State state;
  if (!DecodeState(bytes, &state).ok()) return;
  const absl::StatusOr<std::string> written = EncodeState(state);
  TALLY_CHECK(written.ok());
  State again;
  TALLY_CHECK(DecodeState(*written, &again).ok());
  TALLY_CHECK(EncodeState(again).value() == *written);
}

void File(std::string_view file) {
  const auto read = [&file](size_t count, std::string* bytes) {
    bytes->append(file.substr(0, count));
    file.remove_prefix(std::min(count, file.size()));
    return absl::OkStatus();
  };
  SnapshotUnframer unframer(read);
  if (!unframer.Head().ok()) return;
  std::string state;
  while (true) {
    const absl::StatusOr<bool> more = unframer.Chunk(&state);
    if (!more.ok()) return;
    if (!*more) break;
  }
  Whole(state);
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tally::fuzz::Portions input(data, size);
  switch (input.Byte() % 3) {
    case 0:
      tally::File(input.Rest());
      break;
    case 1: {
      tally::SnapshotFramer framer;
      std::string file = framer.Head({});
      file += framer.BeforeChunk(input.Rest());
      file += input.Rest();
      file += framer.AfterChunk(input.Rest());
      file += framer.End();
      tally::File(file);
      break;
    }
    default:
      tally::Whole(input.Rest());
      break;
  }
  return 0;
}
