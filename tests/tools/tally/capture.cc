#include "tests/tools/tally/capture.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tools/tally/command.h"
#include "tools/tally/parser.h"

namespace tally::cli {

Printed RunTally(const std::vector<std::string>& words, const std::string& in) {
  std::istringstream input(in);
  std::ostringstream out;
  std::ostringstream err;
  const Terminal terminal{.in = input, .out = out, .err = err};
  Printed printed;
  printed.exit = RunWords(Program(), words, terminal);
  printed.out = out.str();
  printed.err = err.str();
  return printed;
}

std::string WriteFile(const std::string& name, const std::string& text) {
  const testing::TestInfo& test =
      *testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) /
      (std::string("tally-") + std::to_string(getpid()) + "-" +
       test.test_suite_name() + "-" + test.name());
  std::filesystem::create_directories(folder);
  const std::string path = (folder / name).string();
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

}  // namespace tally::cli
