#include "tests/reference/lineage.h"

#include <vector>

namespace tally::reference {

// Walks from the lot upward, carrying the share that each lot stands for.
// Lots are made of lots made before them, so the last made comes first.
std::map<std::string, Rational> SourceShares(const World& world,
                                             const std::string& lot) {
  std::map<std::pair<int64_t, std::string>, Rational> open;
  open[{world.lots.at(lot).position, lot}] = Rational(1);
  std::map<std::string, Rational> sources;
  while (!open.empty()) {
    const auto last = std::prev(open.end());
    const Lot& next = world.lots.at(last->first.second);
    const Rational share = last->second;
    open.erase(last);
    if (!next.source.empty()) {
      sources[next.source] = sources[next.source] + share;
    }
    Rational all;
    for (const LotInput& input : next.inputs) all = all + input.quantity;
    if (all.IsZero()) continue;
    for (const LotInput& input : next.inputs) {
      const Rational part = share * input.quantity / all;
      if (input.lot.empty()) {
        sources[input.site] = sources[input.site] + part;
        continue;
      }
      Rational& sum = open[{world.lots.at(input.lot).position, input.lot}];
      sum = sum + part;
    }
  }
  return sources;
}

std::set<std::string> Ancestors(const World& world, const std::string& lot) {
  std::set<std::string> found;
  std::vector<std::string> open = {lot};
  while (!open.empty()) {
    const Lot& next = world.lots.at(open.back());
    open.pop_back();
    for (const LotInput& input : next.inputs) {
      if (input.lot.empty() || !found.insert(input.lot).second) continue;
      open.push_back(input.lot);
    }
  }
  return found;
}

std::set<std::string> Descendants(const World& world, const std::string& lot) {
  std::set<std::string> found;
  for (const auto& [id, other] : world.lots) {
    if (Ancestors(world, id).contains(lot)) found.insert(id);
  }
  return found;
}

}  // namespace tally::reference
