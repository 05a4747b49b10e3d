#include "bench/workload/mix.h"

#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_split.h"
#include "fmt/format.h"

namespace tally::bench {
namespace {

constexpr std::array<std::string_view, kKindCount> kKinds = {
    "receive",   "ship",  "accept",   "process",
    "downgrade", "issue", "transfer", "redeem"};
constexpr std::array<std::string_view, kCustodyCount> kModels = {
    "mass_balance", "segregated", "identity_preserved"};
constexpr int kWeightMax = 1'000'000;

// What goes through a supply chain: about one sale for each receipt, most of
// them to a site that accepts, and some certified volume sold as credits.
constexpr std::string_view kChain =
    "receive=30,ship=30,accept=20,process=8,downgrade=4,issue=2,transfer=3,"
    "redeem=3";

template <typename E, size_t kCount>
absl::StatusOr<Weights<E, kCount>> Parse(
    std::string_view text, const std::array<std::string_view, kCount>& names) {
  Weights<E, kCount> weights;
  const std::vector<std::string> parts = absl::StrSplit(std::string(text), ',');
  for (const std::string& part : parts) {
    const std::pair<std::string, std::string> pair = absl::StrSplit(part, '=');
    size_t i = 0;
    while (i < kCount && names[i] != pair.first) ++i;
    int weight = 0;
    const char* const end = pair.second.data() + pair.second.size();
    const auto read = std::from_chars(pair.second.data(), end, weight);
    if (i == kCount || read.ptr != end || pair.second.empty() || weight < 0 ||
        weight > kWeightMax) {
      return absl::InvalidArgumentError(
          fmt::format("'{}' is not NAME=WEIGHT with one of {} and a weight of "
                      "0 to {}",
                      part, fmt::join(names, ", "), kWeightMax));
    }
    weights.of[i] = weight;
  }
  if (weights.total() == 0) {
    return absl::InvalidArgumentError(
        fmt::format("'{}' gives nothing a weight above zero", text));
  }
  return weights;
}

}  // namespace

absl::StatusOr<Mix> ParseMix(std::string_view text) {
  if (text == "sales") text = "receive=1,ship=1";
  if (text == "chain") text = kChain;
  return Parse<Kind>(text, kKinds);
}

absl::StatusOr<Models> ParseModels(std::string_view text) {
  return Parse<Custody>(text, kModels);
}

std::string_view NameOf(Kind kind) { return kKinds[static_cast<size_t>(kind)]; }
std::string_view NameOf(Custody model) {
  return kModels[static_cast<size_t>(model)];
}

}  // namespace tally::bench
