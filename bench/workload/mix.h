// What kinds of events a workload has, and under which models, each with its
// weight: "receive=50,ship=50", "mass_balance=70,segregated=30".

#ifndef TALLY_BENCH_WORKLOAD_MIX_H_
#define TALLY_BENCH_WORKLOAD_MIX_H_

#include <array>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "bench/workload/random.h"

namespace tally::bench {

enum class Kind : uint8_t {
  kReceive,
  kShip,
  kAccept,
  kProcess,
  kDowngrade,
  kIssue,
  kTransfer,
  kRedeem,
};
inline constexpr size_t kKindCount = 8;

// The custody models that the workload keeps stock under.
enum class Custody : uint8_t {
  kMassBalance,
  kSegregated,         // pooled
  kIdentityPreserved,  // in lots
};
inline constexpr size_t kCustodyCount = 3;

template <typename E, size_t kCount>
struct Weights {
  std::array<int, kCount> of{};

  bool Has(E what) const { return of[static_cast<size_t>(what)] > 0; }
  int total() const { return std::accumulate(of.begin(), of.end(), 0); }
  E Draw(Random* random) const {
    int64_t left = random->Below(total());
    size_t i = 0;
    while (left >= of[i]) left -= of[i++];
    return static_cast<E>(i);
  }
};

using Mix = Weights<Kind, kKindCount>;
using Models = Weights<Custody, kCustodyCount>;

// "sales" (half receipts, half sales), "chain" (all kinds), or weights.
// INVALID_ARGUMENT names what is wrong.
absl::StatusOr<Mix> ParseMix(std::string_view text);
absl::StatusOr<Models> ParseModels(std::string_view text);

std::string_view NameOf(Kind kind);
std::string_view NameOf(Custody model);

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_MIX_H_
