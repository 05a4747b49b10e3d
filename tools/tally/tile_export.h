// `tally proof tiles`.

#ifndef TALLY_TOOLS_TALLY_TILE_EXPORT_H_
#define TALLY_TOOLS_TALLY_TILE_EXPORT_H_

#include "tools/tally/command.h"

namespace tally::cli {

// Writes the tiles of a log's tree as files. A part of `tally proof`.
Command TilesCommand();

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_TILE_EXPORT_H_
