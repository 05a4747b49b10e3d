// A profile from any bytes: it is either read, or refused with violations
// that each say where and what; never both, and never without end.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/check.h"
#include "engine/model/limits.h"
#include "engine/profile/parse_profile.h"
#include "engine/profile/profile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(bytes), size);
  std::vector<tally::Violation> violations;
  const std::optional<tally::Profile> profile =
      tally::ParseProfile(json, &violations);
  TALLY_CHECK(profile.has_value() == violations.empty());
  TALLY_CHECK(std::ssize(violations) <= tally::kProfileViolationsMax);
  return 0;
}
