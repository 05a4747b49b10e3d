#include "engine/rules/unbundled_parts.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Serials that the event draws, to their last, by block and first.
using Ranges = absl::btree_map<std::pair<BlockIndex, int64_t>, int64_t>;

bool Contains(const Ranges& ranges, const Serials& serials) {
  int64_t next = serials.from;
  while (true) {
    const auto after = ranges.upper_bound({serials.block, next});
    if (after == ranges.begin()) return false;
    const auto& [first, last] = *std::prev(after);
    if (first.first != serials.block || last < next) return false;
    if (last >= serials.to) return true;
    next = last + 1;
  }
}

// Whether all serials were retired before, or are by `in_this_event`.
bool AreRetired(const Case& c, const Serials& serials,
                const Ranges& in_this_event) {
  std::vector<Piece> pieces;
  AddPieces(c, serials, &pieces);
  return std::ranges::all_of(pieces, [&](const Piece& piece) {
    return piece.status.state == SerialState::kRetired ||
           Contains(in_this_event, piece.serials);
  });
}

void RefuseOrder(Case& c, std::string_view kind, BlockIndex block,
                 std::string why) {
  if (!c.verdict.Concerns(Code::kOrder)) return;
  c.verdict.Refuse(
      RefuseUnder(c, c.state.credits().at(block).scheme, Code::kOrder,
                  fmt::format("{}.serials: block \"{}\" {}", kind,
                              c.state.credits().NameOf(block), why)));
}

// The piece may be retired once the parts listed before its own are.
void CheckPiece(Case& c, std::string_view kind, const Serials& serials,
                const Ranges& before) {
  const int32_t part = c.state.credits().at(serials.block).part;
  for (int32_t i = 0; i < part; ++i) {
    const BlockIndex earlier(serials.block.value() - part + i);
    const Serials same{earlier, serials.from, serials.to};
    if (AreRetired(c, same, before)) continue;
    RefuseOrder(c, kind, serials.block,
                fmt::format("is retired after block \"{}\"",
                            c.state.credits().NameOf(earlier)));
    return;
  }
}

}  // namespace

void CheckWhole(Case& c, std::string_view kind, const DrawnCredits& drawn) {
  absl::btree_map<BlockIndex, int64_t> counts;
  for (const Piece& piece : drawn.pieces) {
    if (!c.state.credits().at(piece.serials.block).indivisible) continue;
    counts[piece.serials.block] += piece.serials.count();
  }
  for (const auto& [block, count] : counts) {
    const int64_t whole = c.state.credits().at(block).count;
    if (count == whole) continue;
    RefuseOrder(
        c, kind, block,
        fmt::format("moves and retires as a whole, serials 1 to {}", whole));
  }
}

void CheckRetirementOrder(Case& c, std::string_view kind,
                          const DrawnCredits& drawn) {
  Ranges before;
  for (const Piece& piece : drawn.pieces) {
    const Serials& serials = piece.serials;
    if (!c.state.credits().at(serials.block).IsPart()) continue;
    CheckPiece(c, kind, serials, before);
    before.emplace(std::pair(serials.block, serials.from), serials.to);
  }
}

}  // namespace tally
