#include "tools/tally/version.h"

namespace tally::cli {

// The build defines TALLY_VERSION for this file, from the project's version.
std::string VersionText() { return "tally " TALLY_VERSION; }

}  // namespace tally::cli
