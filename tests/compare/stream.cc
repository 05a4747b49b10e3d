#include "tests/compare/stream.h"

#include <vector>

#include "tests/compare/comparison.h"
#include "tests/compare/generator.h"

namespace tally::compare {
namespace {

constexpr int kMinimisingRunsMax = 400;

std::string Report(uint64_t seed, const std::string& difference,
                   const std::vector<Step>& steps,
                   const ComparisonOptions& options) {
  const std::vector<Step> fewest =
      Minimised(steps, options, kMinimisingRunsMax);
  std::string report = "seed " + std::to_string(seed) + ", after " +
                       std::to_string(steps.size()) + " steps: " + difference +
                       "\n\nfewest steps that differ:\n";
  for (const Step& step : fewest) {
    report += step.recorded_at + (step.all_or_none ? " all or none\n" : "\n");
    for (const Json& event : step.events) report += "  " + event.dump() + "\n";
  }
  const std::string again = FirstDifference(fewest, options);
  // Usually the same; a difference may lead to another.
  return again == difference ? report : report + "then " + again + "\n";
}

}  // namespace

std::string CompareStream(uint64_t seed, int64_t events, AnswerCounts* counts) {
  const ComparisonOptions options;
  Generator generator(seed);
  Comparison comparison(options);
  std::vector<Step> steps;
  for (int64_t posted = 0; posted < events;) {
    steps.push_back(generator.Next());
    posted += static_cast<int64_t>(steps.back().events.size());
    if (!comparison.Run(steps.back())) break;
    std::vector<std::string> codes;
    for (const Said& said : comparison.said()) {
      codes.push_back(said.code);
      ++(*counts)[said.code];
    }
    generator.Learn(codes);
  }
  if (comparison.difference().empty() && comparison.Finish()) return "";
  return Report(seed, comparison.difference(), steps, options);
}

}  // namespace tally::compare
