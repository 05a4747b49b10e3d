#include "engine/profile/recognition_cycle.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "engine/model/limits.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace tally {
namespace {

struct Edge {
  std::string_view to;
  DateRange days;
};
using Edges = absl::flat_hash_map<std::string_view, std::vector<Edge>>;

DateRange Common(DateRange a, DateRange b) {
  return {std::max(a.first, b.first), std::min(a.last, b.last)};
}

Edges EdgesOf(std::span<const ProfileInForce> profiles) {
  Edges edges;
  for (const ProfileInForce& one : profiles) {
    for (const Recognition& recognition : one.profile->recognises) {
      const DateRange days = Common(recognition.dates, one.days);
      if (days.first > days.last) continue;
      edges[one.profile->scheme].push_back({recognition.scheme, days});
    }
  }
  return edges;
}

// The schemes from one to another by recognitions of a day, both included;
// empty where no way leads there.
std::vector<std::string_view> WayOn(Date day, const Edges& edges,
                                    std::string_view from,
                                    std::string_view to) {
  std::vector<std::pair<std::string_view, size_t>> reached = {{from, 0}};
  absl::flat_hash_set<std::string_view> seen = {from};
  for (size_t i = 0; i < reached.size(); ++i) {
    if (reached[i].first == to) {
      std::vector<std::string_view> way = {to};
      for (size_t at = i; at != 0;) {
        at = reached[at].second;
        way.push_back(reached[at].first);
      }
      std::reverse(way.begin(), way.end());
      return way;
    }
    const auto found = edges.find(reached[i].first);
    if (found == edges.end()) continue;
    for (const Edge& edge : found->second) {
      if (!edge.days.Contains(day) || !seen.insert(edge.to).second) continue;
      reached.emplace_back(edge.to, i);
    }
  }
  return {};
}

// The days on which what holds may change: a cycle that there is on any day
// is there on one of these.
std::vector<Date> DaysToLookAt(const Edges& edges, DateRange within) {
  std::vector<Date> days = {within.first};
  for (const auto& [scheme, list] : edges) {
    for (const Edge& edge : list) {
      if (within.Contains(edge.days.first)) days.push_back(edge.days.first);
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace

void CheckRecognitionCycles(const ProfileInForce& added,
                            std::span<const ProfileInForce> others,
                            std::vector<Violation>* violations) {
  if (added.profile->recognises.empty()) return;
  const std::string& scheme = added.profile->scheme;
  const Edges edges = EdgesOf(others);
  for (size_t i = 0; i < added.profile->recognises.size(); ++i) {
    const Recognition& recognition = added.profile->recognises[i];
    const DateRange days = Common(recognition.dates, added.days);
    if (days.first > days.last) continue;
    for (const Date day : DaysToLookAt(edges, days)) {
      const auto way = WayOn(day, edges, recognition.scheme, scheme);
      if (way.empty()) continue;
      if (violations->size() >= kProfileViolationsMax) return;
      violations->push_back(
          {fmt::format("recognises[{}].scheme", i), recognition.scheme,
           fmt::format("a scheme that does not itself recognise this one: {} "
                       "-> {}",
                       scheme, fmt::join(way, " -> "))});
      break;
    }
  }
}

}  // namespace tally
