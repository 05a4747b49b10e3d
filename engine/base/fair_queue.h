// A queue of many lanes, each first in, first out, which are served in turn:
// who fills a lane makes others wait for one thing of it, not for all.
//
//   FairQueue<Job> queue;
//   queue.Push("principal", std::move(job), 1);
//   while (!queue.empty()) Do(queue.Pop());
//
// Not thread-safe. A lane that is empty takes no memory.

#ifndef TALLY_ENGINE_BASE_FAIR_QUEUE_H_
#define TALLY_ENGINE_BASE_FAIR_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/base/check.h"

namespace tally {

template <typename T>
class FairQueue {
 public:
  bool empty() const { return turns_.empty(); }
  // What waits in one lane, as Push() weighed it.
  int64_t LoadOf(const std::string& lane) const {
    const auto found = lanes_.find(lane);
    return found == lanes_.end() ? 0 : found->second.load;
  }

  void Push(const std::string& lane, T thing, int64_t weight) {
    auto found = lanes_.find(lane);
    if (found == lanes_.end()) {
      found = lanes_.emplace(lane, Lane()).first;
      turns_.push_back(found->first);
    }
    found->second.load += weight;
    found->second.things.emplace_back(std::move(thing), weight);
  }

  // The next one; there is one.
  const T& front() const {
    TALLY_CHECK(!turns_.empty());
    return lanes_.find(turns_.front())->second.things.front().first;
  }

  // Takes the next one; its lane is last now.
  T Pop() {
    TALLY_CHECK(!turns_.empty());
    std::string name = std::move(turns_.front());
    turns_.pop_front();
    const auto found = lanes_.find(name);
    Lane& lane = found->second;
    auto [thing, weight] = std::move(lane.things.front());
    lane.things.pop_front();
    lane.load -= weight;
    if (lane.things.empty()) {
      lanes_.erase(found);
    } else {
      turns_.push_back(std::move(name));
    }
    return std::move(thing);
  }

 private:
  struct Lane {
    std::deque<std::pair<T, int64_t>> things;
    int64_t load = 0;
  };

  absl::flat_hash_map<std::string, Lane> lanes_;
  std::deque<std::string> turns_;  // of the lanes, which are never empty
};

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_FAIR_QUEUE_H_
