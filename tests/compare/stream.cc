#include "tests/compare/stream.h"

#include <utility>
#include <vector>

#include "tests/compare/comparison.h"
#include "tests/compare/generator.h"
#include "tests/compare/small_world.h"
#include "tests/reference/reference_ledger.h"

namespace tally::compare {
namespace {

constexpr int kMinimisingRunsMax = 400;

// Adds a step as scenarios write it, with what the reference answers.
void AddStep(const Step& step, reference::ReferenceLedger* ledger,
             Json* steps) {
  Json written = {{"recorded_at", step.recorded_at}};
  if (step.all_or_none) {
    written["post_atomic"] = step.events;
    written["expect"] = Json::array();
    for (const auto& answer :
         ledger->PostAtomic(step.events, step.recorded_at)) {
      written["expect"].push_back(answer.code);
    }
    steps->push_back(written);
    return;
  }
  for (const Json& event : step.events) {
    written["post"] = event;
    written["expect"] = ledger->Post(event, step.recorded_at).code;
    steps->push_back(written);
  }
}

Json ScenarioOf(uint64_t seed, const std::string& sort,
                const std::vector<Step>& steps) {
  Json scenario = {{"scenario", "seed-" + std::to_string(seed)},
                   {"title", sort},
                   {"rule", Json::array()},
                   {"source", "a random stream"},
                   {"provenance", "D"},
                   {"profiles", Json::array()},
                   {"setup", Json::array()},
                   {"steps", Json::array()}};
  reference::ReferenceLedger ledger;
  for (const Step& step : MakeSmallWorld(seed).setup) {
    const Json& event = step.events.front();
    ledger.Post(event, step.recorded_at);
    if (event.contains("define_scheme")) {
      scenario["profiles"].push_back(event["define_scheme"]["profile"]);
    } else {
      scenario["setup"].push_back(event);
    }
  }
  for (const Step& step : steps) AddStep(step, &ledger, &scenario["steps"]);
  return scenario;
}

}  // namespace

StreamResult CompareStream(uint64_t seed, int64_t events,
                           AnswerCounts* counts) {
  const ComparisonOptions options{.seed = seed};
  Generator generator(seed);
  Comparison comparison(options);
  std::vector<Step> steps;
  StreamResult result;
  while (result.events < events) {
    steps.push_back(generator.Next());
    result.events += static_cast<int64_t>(steps.back().events.size());
    if (!comparison.Run(steps.back())) break;
    std::vector<std::string> codes;
    for (const Said& said : comparison.said()) {
      codes.push_back(said.code);
      ++(*counts)[said.code];
    }
    generator.Learn(codes);
  }
  if (comparison.difference().empty() && comparison.Finish()) return result;
  result.sort = comparison.difference().sort;
  const std::vector<Step> fewest =
      Minimised(std::move(steps), result.sort, options, kMinimisingRunsMax);
  result.difference = FirstDifference(fewest, options).text;
  result.scenario = ScenarioOf(seed, result.sort, fewest);
  return result;
}

}  // namespace tally::compare
