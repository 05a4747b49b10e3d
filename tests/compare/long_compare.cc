// Compares the engine with the reference for as long as one likes.
//
//   long_compare --events 200000 --seed 7
//
// It stops at the first difference; with --all it tells the first of each
// stream.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "tests/compare/stream.h"

namespace {

constexpr int64_t kEventsPerStream = 400;

int Usage() {
  std::cerr << "usage: long_compare [--events N] [--seed S] [--all]\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  int64_t events = 20000;
  uint64_t seed = 1;
  bool all = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--all") {
      all = true;
    } else if (option == "--events" && i + 1 < argc) {
      events = std::strtoll(argv[++i], nullptr, 10);
    } else if (option == "--seed" && i + 1 < argc) {
      seed = std::strtoull(argv[++i], nullptr, 10);
    } else {
      return Usage();
    }
  }
  bool alike = true;
  tally::compare::AnswerCounts counts;
  for (; events > 0; events -= kEventsPerStream, ++seed) {
    const std::string difference =
        tally::compare::CompareStream(seed, kEventsPerStream, &counts);
    if (difference.empty()) continue;
    std::cout << difference << "\n";
    alike = false;
    if (!all) break;
  }
  for (const auto& [code, count] : counts) {
    std::cout << code << " " << count << "\n";
  }
  return alike ? 0 : 1;
}
