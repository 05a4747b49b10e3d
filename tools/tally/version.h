// Which release this is.

#ifndef TALLY_TOOLS_TALLY_VERSION_H_
#define TALLY_TOOLS_TALLY_VERSION_H_

#include <string>

namespace tally::cli {

std::string VersionText();  // "tally 0.1.0"

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_VERSION_H_
