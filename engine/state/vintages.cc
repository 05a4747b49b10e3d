#include "engine/state/vintages.h"

#include <algorithm>
#include <tuple>

#include "engine/base/check.h"

namespace tally {
namespace {

auto OrderOf(const VintageMove& move) {
  return std::tuple(move.date, move.kind == MoveKind::kUse);
}

bool IsAlike(const VintageMove& a, const VintageMove& b) {
  return a.date == b.date && a.kind == b.kind && a.event_kind == b.event_kind &&
         a.site == b.site && a.product == b.product && a.shipment == b.shipment;
}

// The place after all moves of this one's day and sort, and of earlier ones.
std::vector<VintageMove>::iterator EndOf(const VintageMove& move,
                                         std::vector<VintageMove>* moves) {
  return std::upper_bound(moves->begin(), moves->end(), move,
                          [](const VintageMove& a, const VintageMove& b) {
                            return OrderOf(a) < OrderOf(b);
                          });
}

}  // namespace

std::vector<VintageMove>::iterator InsertMove(const VintageMove& move,
                                              std::vector<VintageMove>* moves) {
  return moves->insert(EndOf(move, moves), move);
}

std::span<const VintageMove> Vintages::Within(DateRange days) const {
  const auto first = std::partition_point(
      moves_.begin(), moves_.end(),
      [&](const VintageMove& move) { return move.date < days.first; });
  const auto after = std::partition_point(
      first, moves_.end(),
      [&](const VintageMove& move) { return move.date <= days.last; });
  return {first, after};
}

void Vintages::Add(const VintageMove& move) {
  const auto place = EndOf(move, &moves_);
  if (place != moves_.begin()) {
    VintageMove& last = *(place - 1);
    const std::optional<Quantity> sum = Sum(last.quantity, move.quantity);
    if (IsAlike(last, move) && sum && last.merged < INT32_MAX) {
      last.quantity = *sum;
      ++last.merged;
      return;
    }
  }
  moves_.insert(place, move);
}

void Vintages::Remove(const VintageMove& move) {
  const auto place = EndOf(move, &moves_);
  TALLY_CHECK(place != moves_.begin());
  VintageMove& last = *(place - 1);
  TALLY_CHECK(IsAlike(last, move));
  if (--last.merged == 0) {
    moves_.erase(place - 1);
    return;
  }
  const bool fits = last.quantity.Subtract(move.quantity);
  TALLY_CHECK(fits);
}

void Vintages::Schedule(const ExpiryKey& key, Quantity quantity) {
  const auto [place, added] = schedule_.try_emplace(key);
  const bool fits = place->second.Add(quantity);
  TALLY_CHECK(fits);
  if (place->second.IsZero()) schedule_.erase(place);
}

}  // namespace tally
