// Traces: a lot's way back to its sources, or on to what was made of it.
//
// Shares follow the inputs in proportion, and are rounded by largest
// remainder: the sources of a lot sum to what it was made with. The walk is
// bounded; it takes the ledger in short slices, which see one graph because
// lots are never edited.

#ifndef TALLY_ENGINE_LEDGER_TRACE_QUERIES_H_
#define TALLY_ENGINE_LEDGER_TRACE_QUERIES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/lot_queries.h"
#include "engine/ledger/page.h"
#include "engine/model/limits.h"
#include "engine/model/named_account.h"

namespace tally {

enum class TraceDirection : uint8_t { kUpstream, kDownstream };

struct TraceQuestion {
  std::string_view lot;
  TraceDirection direction = TraceDirection::kUpstream;
  int32_t max_depth = kTraceDepthMax;
  PageQuestion page;
};

struct TraceStep {
  LotView lot;
  int32_t depth = 0;  // the lot asked about is at 0
  // Upstream: how much of the lot asked about comes from this one;
  // downstream: how much of this one comes from it. Rounded half up.
  Amount quantity;
};

struct TraceShare {
  std::string name;
  Amount quantity;
};

struct TraceAnswer {
  Standing standing;
  // By depth, then id; each lot once, at its least depth.
  std::vector<TraceStep> steps;
  // On the first page; the largest first, then by name; at most kPageSizeMax.
  // Upstream, the sites of origin and the suppliers; downstream, who consumed
  // it, who outside received it and who has it in stock.
  std::vector<TraceShare> shares;
  int64_t share_count = 0;  // of all, on every page
  // It met max_depth or kTraceLotsMax: what lies beyond is not in it.
  bool truncated = false;
  std::string next;
};

absl::StatusOr<TraceAnswer> TraceLot(const Ledger& ledger,
                                     const TraceQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_TRACE_QUERIES_H_
