// The crash test for as long as one likes.
//
//   TALLY_BINARY_DIR=build/dev crash_soak --seconds 600 [--seed S]
//
// Prints cycles, acknowledged events and lost ones; exits with 1 when anything
// is wrong.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string_view>

#include "fmt/format.h"
#include "tests/crash/crash_run.h"

namespace {

void Print(const tally::crash::CrashFigures& figures) {
  fmt::print(
      "cycles {}, acknowledged {}, lost {}, unanswered batches: {} there, {} "
      "absent, receipts {}\n",
      figures.cycles, figures.acknowledged, figures.lost,
      figures.unanswered_there, figures.unanswered_absent, figures.receipts);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int kClients = 6;
  constexpr int64_t kCyclesOfRun = 50;
  int64_t seconds = 60;
  uint64_t seed = std::random_device()();
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--seconds") seconds = std::strtoll(argv[i + 1], nullptr, 10);
    if (option == "--seed") seed = std::strtoull(argv[i + 1], nullptr, 10);
  }
  fmt::print("seed {}\n", seed);
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  tally::crash::CrashFigures all;
  while (std::chrono::steady_clock::now() < end) {
    // A log that grows for ever would slow the cycles down.
    tally::crash::CrashRun run(seed++, kClients);
    bool right = true;
    while (right && run.figures().cycles < kCyclesOfRun &&
           std::chrono::steady_clock::now() < end) {
      right = run.Cycle();
    }
    all.cycles += run.figures().cycles;
    all.acknowledged += run.figures().acknowledged;
    all.lost += run.figures().lost;
    all.unanswered_there += run.figures().unanswered_there;
    all.receipts += run.figures().receipts;
    all.unanswered_absent += run.figures().unanswered_absent;
    Print(all);
    if (!right) {
      fmt::print("wrong: seed {}, {}\n", seed - 1, run.wrong());
      return 1;
    }
  }
  return 0;
}
