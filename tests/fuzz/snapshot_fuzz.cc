// States from any bytes: nothing stops the reading, and what is read as a
// state is written and read again to the same.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/snapshot/state_codec.h"

namespace tally {
namespace {

void Read(std::string_view bytes) {
  State state;
  if (!DecodeState(bytes, &state).ok()) return;
  const absl::StatusOr<std::string> written = EncodeState(state);
  TALLY_CHECK(written.ok());
  State again;
  TALLY_CHECK(DecodeState(*written, &again).ok());
  TALLY_CHECK(EncodeState(again).value() == *written);
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tally::Read({reinterpret_cast<const char*>(data), size});
  return 0;
}
