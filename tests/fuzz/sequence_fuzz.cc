// A whole sequence of events, drawn by the bytes from the generator of random
// streams: the engine and the reference ledger answer it alike, and neither
// breaks a property of its own. So what libFuzzer looks for is a way through
// the rules, and not the form of an event.

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "tests/compare/comparison.h"
#include "tests/compare/generator.h"

namespace tally::compare {
namespace {

constexpr int kStepsMax = 80;
constexpr int kMinimisingRunsMax = 200;
constexpr ComparisonOptions kOptions{
    .every = 20, .balances_asked = 20, .traces = 10, .reloads = 20};

// Where the two are known to differ, and the rules do not say which is right:
//
// - Stock under several claims, of which one is mass balance in an account of
//   several sites. The engine keeps it at the site where it lies; the
//   reference lets the account's other sites sell it.
// - A certificate that has not begun. The engine calls it expired, as on every
//   day outside its dates; the reference calls it valid.
bool IsKnown(const std::vector<Step>& fewest, const Difference& difference) {
  if (difference.sort == "status" &&
      difference.text.find("engine:    \"EXPIRED\"") != std::string::npos) {
    return true;
  }
  for (const Step& step : fewest) {
    for (const Json& event : step.events) {
      const std::string text = event.dump();
      if (text.find("\"also\":[{") != std::string::npos &&
          text.find("MASS_BALANCE") != std::string::npos) {
        return true;
      }
    }
  }
  return false;
}

void Tell(const std::vector<Step>& fewest, const Difference& difference) {
  std::cerr << difference.sort << "\n" << difference.text << "\n";
  for (const Step& step : fewest) {
    std::cerr << "  " << step.recorded_at;
    for (const Json& event : step.events) std::cerr << " " << event.dump();
    std::cerr << "\n";
  }
}

void Run(std::string bytes) {
  Generator generator(Dice(std::move(bytes)), kOptions.seed);
  Comparison comparison(kOptions);
  std::vector<Step> steps;
  while (std::ssize(steps) < kStepsMax && !generator.spent()) {
    steps.push_back(generator.Next());
    if (!comparison.Run(steps.back())) break;
    std::vector<std::string> codes;
    for (const Said& said : comparison.said()) codes.push_back(said.code);
    generator.Learn(codes);
  }
  comparison.Finish();
  if (comparison.difference().empty()) return;
  const Difference& difference = comparison.difference();
  const std::vector<Step> fewest = Minimised(std::move(steps), difference.sort,
                                             kOptions, kMinimisingRunsMax);
  if (IsKnown(fewest, difference)) return;
  Tell(fewest, difference);
  TALLY_CHECK(comparison.difference().empty());
}

}  // namespace
}  // namespace tally::compare

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  tally::compare::Run({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
