// Reads TOML that a person wrote: settings, and mappings of CSV.
//
// The library takes some texts that are no TOML for impossible: it stops the
// program at them, or, built for release, goes on as if they could not be. It
// is compiled here with its doubts turned into errors. So this header is
// included where the library's own would be.

#ifndef TALLY_SERVICES_TOML_TEXT_H_
#define TALLY_SERVICES_TOML_TEXT_H_

#include <stdexcept>
#include <string_view>

#include "absl/status/statusor.h"

namespace tally {

// Never leaves ParseToml().
[[noreturn]] inline void StopToml() {
  throw std::invalid_argument("the text is no TOML");
}

}  // namespace tally

// With NDEBUG the library overrides TOML_ASSERT, so it does not see it.
#ifdef NDEBUG
#define TALLY_HAD_NDEBUG
#undef NDEBUG
#endif
#undef TOML_SHARED_LIB
#undef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(expr) ((expr) ? static_cast<void>(0) : ::tally::StopToml())
#include "toml++/toml.h"
#ifdef TALLY_HAD_NDEBUG
#define NDEBUG
#undef TALLY_HAD_NDEBUG
#endif

namespace tally::services {

// INVALID_ARGUMENT, "line 3: …", for what is no TOML.
absl::StatusOr<toml::table> ParseToml(std::string_view text);

}  // namespace tally::services

#endif  // TALLY_SERVICES_TOML_TEXT_H_
