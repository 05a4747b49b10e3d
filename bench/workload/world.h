// The world that a workload acts in: parties with a hundred sites each, whose
// stock is large enough for all that is taken from it.
//
// A run has a world of its own; runs on one ledger differ in their number.

#ifndef TALLY_BENCH_WORKLOAD_WORLD_H_
#define TALLY_BENCH_WORKLOAD_WORLD_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/workload/ids.h"
#include "bench/workload/mix.h"

namespace tally::bench {

inline constexpr std::string_view kScheme = "bench-coc-1";
inline constexpr std::string_view kProduct = "04099990000017";
inline constexpr std::string_view kRefinedProduct = "04099990000024";
inline constexpr int64_t kFirstDaySeconds = 1'262'304'000;  // 2010-01-01
inline constexpr int64_t kDaySeconds = 86'400;
inline constexpr int64_t kOpeningStock = 1'000'000'000'000;  // thousandths
inline constexpr int64_t kOpeningCredits = 10'000'000;       // tonnes

struct WorkloadOptions {
  int run = 0;
  // Holdings: sites times models.
  int64_t accounts = 10'000;
  uint64_t seed = 1;
  Mix mix{.of = {1, 1}};
  Models models{.of = {1}};
  double zipf = 0;  // the exponent; 0: all accounts alike
  int refused_per_mille = 0;
  int replayed_per_mille = 0;
};

class World {
 public:
  explicit World(const WorkloadOptions& options);

  int64_t sites() const { return sites_; }
  int64_t parties() const {
    return (sites_ + kSitesOfParty - 1) / kSitesOfParty;
  }
  bool has_credits() const { return has_credits_; }
  const WorkloadOptions& options() const { return options_; }

  Id<13> site(int64_t number) const { return Gln(options_.run, number); }
  Id<20> party(int64_t number) const { return Lei(options_.run, number); }
  int64_t owner_of(int64_t site) const { return site / kSitesOfParty; }

  // Some sites are watched: what they must hold at the end is kept count of.
  static constexpr int64_t kWatchedMax = 16;
  bool watched(int64_t site) const { return site % watch_every_ == 0; }
  int64_t watched_count() const {
    return (sites_ + watch_every_ - 1) / watch_every_;
  }
  int64_t watch_every() const { return watch_every_; }

 private:
  static constexpr int64_t kSitesOfParty = 100;

  const WorkloadOptions options_;
  int64_t sites_;
  int64_t watch_every_;
  bool has_credits_;
};

// How many events make the world known, and the one of a number: what it says
// as a serialized Event of the API.
class Setup {
 public:
  explicit Setup(const World* world) : world_(world) {}

  int64_t size() const;
  std::string Event(int64_t number) const;

 private:
  int64_t stocks() const;

  const World* const world_;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_WORLD_H_
