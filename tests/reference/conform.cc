// reference_conform FILE|DIR…: runs scenario files against the reference
// ledger and prints a line for each; exits with 0 only if every step held.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/reference/scenario.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesIn(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Prints the outcome and answers whether every step held.
bool RunFile(const fs::path& path) {
  std::ifstream file(path);
  const auto scenario =
      nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
  std::vector<std::string> problems = {"not JSON"};
  std::string title = path.filename().string();
  if (scenario.is_object()) {
    problems = tally::reference::RunScenario(scenario);
    title =
        scenario.value("scenario", title) + " " + scenario.value("title", "");
  }
  std::printf("%s %s\n", problems.empty() ? "pass" : "FAIL", title.c_str());
  for (const std::string& problem : problems) {
    std::printf("     %s: %s\n", path.filename().c_str(), problem.c_str());
  }
  return problems.empty();
}

}  // namespace

int main(int argc, char** argv) {
  int passed = 0;
  int all = 0;
  for (int i = 1; i < argc; ++i) {
    for (const fs::path& path : FilesIn(argv[i])) {
      ++all;
      if (RunFile(path)) ++passed;
    }
  }
  std::printf("%d of %d scenarios hold\n", passed, all);
  return passed == all && all > 0 ? 0 : 1;
}
