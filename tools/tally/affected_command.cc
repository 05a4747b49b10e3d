// `tally affected`: what came of an event, for whoever voids it.

#include "tools/tally/command.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"

namespace tally::cli {

Command AffectedCommand() {
  return QueryCommand(
      "affected",
      "Lists all that came of an event, with the share that did: what its void "
      "reaches, or would.",
      "tally affected 0d9a4c52-5f0e-4a53-8a6b-6f1c2d3e4f50\n"
      "tally affected 0d9a4c52-5f0e-4a53-8a6b-6f1c2d3e4f50 -o csv",
      {IdOption("event", "its id")},
      {.method = "TraceService/ListAffected",
       .rows = "things",
       .columns = {{"what", {"kind"}},
                   {"id", {"id"}},
                   {"account", {"account"}},
                   {"site", {"site"}},
                   {"party", {"party"}},
                   {"product", {"product"}},
                   {"concerned", {"concerned"}, Align::kRight, "0"},
                   {"of", {"quantity"}, Align::kRight, "0"},
                   {"unit", {"unit"}}}});
}

}  // namespace tally::cli
