// Runs a fuzz target without libFuzzer, as a test of every build: on its kept
// inputs, and on so many that are made of them by chance.
//
//   note_fuzz --mutations 20000 --seed 7 tests/fuzz/corpus/note_fuzz
//
// What stops the program is written to the file that --last names, to be tried
// alone:
//
//   note_fuzz FILE

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/mutator.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size);

namespace {

struct Options {
  int64_t mutations = 0;
  uint64_t seed = 1;
  std::string last;  // a file; empty: none is written
  std::vector<std::string> paths;
};

bool Parse(int argc, char** argv, Options* options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (!option.starts_with("--")) {
      options->paths.emplace_back(option);
      continue;
    }
    if (++i == argc) return false;
    if (option == "--mutations") {
      options->mutations = std::strtoll(argv[i], nullptr, 10);
    } else if (option == "--seed") {
      options->seed = std::strtoull(argv[i], nullptr, 10);
    } else if (option == "--last") {
      options->last = argv[i];
    } else {
      return false;
    }
  }
  return !options->paths.empty();
}

std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// In the order of their names, so that a seed makes the same inputs anywhere.
std::vector<std::string> ReadAll(const std::vector<std::string>& paths) {
  std::vector<std::filesystem::path> files;
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.emplace_back(path);
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> inputs;
  for (const auto& file : files) inputs.push_back(Read(file));
  return inputs;
}

// What is being tried, for the handler of a signal.
const std::string* tried = nullptr;
int last_file = -1;

void KeepLast(int signal) {
  if (tried != nullptr && last_file >= 0) {
    (void)!write(last_file, tried->data(), tried->size());
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

bool Prepare(const std::string& last) {
  if (last.empty()) return true;
  last_file = open(last.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                   S_IRUSR | S_IWUSR);
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    std::signal(signal, KeepLast);
  }
  return last_file >= 0;
}

void Try(const std::string& input) {
  tried = &input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()),
                         input.size());
  tried = nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!Parse(argc, argv, &options)) {
    std::cerr << "usage: " << argv[0]
              << " [--mutations N] [--seed S] [--last FILE] CORPUS...\n";
    return 2;
  }
  if (!Prepare(options.last)) {
    std::cerr << "cannot write " << options.last << "\n";
    return 2;
  }
  std::vector<std::string> seeds = ReadAll(options.paths);
  std::cout << seeds.size() << " kept inputs, " << options.mutations
            << " made of them with seed " << options.seed << std::endl;
  for (const std::string& seed : seeds) Try(seed);
  if (seeds.empty()) seeds.emplace_back();
  tally::fuzz::Mutator mutator(options.seed, &seeds);
  for (int64_t i = 0; i < options.mutations; ++i) Try(mutator.Next());
  return 0;
}
