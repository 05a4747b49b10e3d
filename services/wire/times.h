// Times on the wire: google.protobuf.Timestamp, as far as the ledger takes it.

#ifndef TALLY_SERVICES_WIRE_TIMES_H_
#define TALLY_SERVICES_WIRE_TIMES_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/base/date.h"
#include "google/protobuf/timestamp.pb.h"

namespace tally::wire {

inline constexpr std::string_view kTimeLimit =
    "a time of the years 1900 to 2199, its nanos 0 to 999999999";

// None for a time outside kTimeLimit. Digits beyond the microsecond are
// dropped.
std::optional<Instant> ReadTime(int64_t seconds, int32_t nanos);
inline std::optional<Instant> ReadTime(const google::protobuf::Timestamp& in) {
  return ReadTime(in.seconds(), in.nanos());
}

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_TIMES_H_
