// An endless stream of acts of one lane: what one caller posts, one request
// after the other.
//
// A lane acts on what it made itself (the shipment it accepts, the lot it
// ships), so its acts have the outcomes that they are made for whatever the
// other lanes do, as long as its own requests are decided in their order. Not
// thread-safe.

#ifndef TALLY_BENCH_WORKLOAD_WORKLOAD_H_
#define TALLY_BENCH_WORKLOAD_WORKLOAD_H_

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "bench/workload/act.h"
#include "bench/workload/random.h"
#include "bench/workload/world.h"
#include "bench/workload/zipf.h"

namespace tally::bench {

class Workload {
 public:
  // What the acts so far bring to a watched site, by model.
  using Watched =
      std::array<std::array<int64_t, kCustodyCount>, World::kWatchedMax>;

  // The world must outlive it.
  Workload(const World* world, int lane);

  Act Next();

  const Watched& watched() const { return watched_; }

 private:
  // Something that a later act draws from.
  struct Made {
    uint64_t key = 0;
    int32_t day = 0;
    int32_t site = 0;
    Custody model = Custody::kMassBalance;
    int64_t quantity = 0;
    uint64_t lot = 0;
    int32_t lot_day = 0;
  };

  int32_t DrawSite();
  Kind DrawKind();
  Act Blank(Kind kind);
  void Fill(Act* act);
  void FillReceive(Act* act);
  void FillShip(Act* act);
  void FillAccept(Act* act);
  void TakeStock(Act* act);
  void FillCredits(Act* act);
  void Refuse(Act* act);
  void Watch(const Act& act);
  void Watch(int32_t site, Custody model, int64_t delta);

  const World* const world_;
  const std::optional<Zipf> zipf_;
  Random random_;
  const uint64_t seed_;
  int64_t number_ = 0;
  std::deque<Made> shipments_;  // on their way to a site
  std::deque<Made> lots_;
  std::vector<Act> recent_;  // accepted, to be repeated
  Watched watched_{};
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_WORKLOAD_H_
