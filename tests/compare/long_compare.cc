// Compares the engine with the reference for as long as one likes.
//
//   long_compare --events 1000000 --seed 7
//   long_compare --events 200000 --all --scenarios /tmp/differences
//
// It stops at the first difference. With --all it goes on and tells, for each
// sort of difference, how many streams have it and the shortest of them.
// With --scenarios it writes them as files that `tally conform` reads.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include "tests/compare/stream.h"

namespace {

using tally::compare::AnswerCounts;
using tally::compare::CompareStream;
using tally::compare::StreamResult;

// The shortest stream of a sort of difference.
struct Shortest {
  int64_t streams = 0;
  StreamResult stream;
};

struct Options {
  int64_t events = 20000;
  int64_t events_per_stream = 150;
  uint64_t seed = 1;
  bool all = false;
  std::string scenarios;  // a folder; empty: none is written
};

bool Parse(int argc, char** argv, Options* options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--all") {
      options->all = true;
      continue;
    }
    if (++i == argc) return false;
    if (option == "--events") {
      options->events = std::strtoll(argv[i], nullptr, 10);
    } else if (option == "--stream") {
      options->events_per_stream = std::strtoll(argv[i], nullptr, 10);
    } else if (option == "--seed") {
      options->seed = std::strtoull(argv[i], nullptr, 10);
    } else if (option == "--scenarios") {
      options->scenarios = argv[i];
    } else {
      return false;
    }
  }
  return true;
}

size_t StepsOf(const StreamResult& result) {
  return result.scenario["steps"].size();
}

void Tell(const Options& options, const Shortest& shortest) {
  const StreamResult& result = shortest.stream;
  std::cout << "\n== " << result.sort << " (" << shortest.streams
            << " streams)\n"
            << result.difference << "\n";
  for (const auto& step : result.scenario["steps"]) {
    std::cout << "  " << step.dump() << "\n";
  }
  if (options.scenarios.empty()) return;
  std::filesystem::create_directories(options.scenarios);
  const std::string name = result.scenario["scenario"];
  std::ofstream(options.scenarios + "/" + name + ".json")
      << result.scenario.dump(1) << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!Parse(argc, argv, &options)) {
    std::cerr << "usage: long_compare [--events N] [--stream N] [--seed S] "
                 "[--all] [--scenarios FOLDER]\n";
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  AnswerCounts counts;
  std::map<std::string, Shortest> sorts;
  int64_t events = 0;
  for (uint64_t seed = options.seed; events < options.events; ++seed) {
    StreamResult result =
        CompareStream(seed, options.events_per_stream, &counts);
    events += result.events;
    if (result.alike()) continue;
    Shortest& shortest = sorts[result.sort];
    if (shortest.streams++ == 0 || StepsOf(result) < StepsOf(shortest.stream)) {
      shortest.stream = std::move(result);
    }
    if (!options.all) break;
  }
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  for (const auto& [code, count] : counts) {
    std::cout << code << " " << count << "\n";
  }
  for (const auto& [sort, shortest] : sorts) Tell(options, shortest);
  std::cout << events << " events in " << took.count() << " s\n";
  return sorts.empty() ? 0 : 1;
}
