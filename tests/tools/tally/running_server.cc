#include "tests/tools/tally/running_server.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine/base/check.h"
#include "fmt/format.h"

namespace tally::cli {
namespace {

std::string ReadFile(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

RunningServer::RunningServer() {
  auto server = services::Server::Start(&ledgers_, {.listen = "127.0.0.1:0"});
  TALLY_CHECK(server.ok());
  server_ = *std::move(server);
}

std::string RunningServer::address() const {
  return fmt::format("127.0.0.1:{}", server_->port());
}

Printed RunProgram(const std::vector<std::string>& words,
                   const std::string& environment, const std::string& in) {
  const char* const folder = std::getenv("TALLY_BINARY_DIR");
  TALLY_CHECK(folder != nullptr);
  const std::string in_path = WriteFile("stdin", in);
  const std::string out_path = WriteFile("stdout", "");
  const std::string err_path = WriteFile("stderr", "");
  std::string line = fmt::format("{} '{}/bin/tally'", environment, folder);
  for (const std::string& word : words) line += fmt::format(" '{}'", word);
  line += fmt::format(" <'{}' >'{}' 2>'{}'", in_path, out_path, err_path);
  const int status = std::system(line.c_str());
  TALLY_CHECK(WIFEXITED(status));
  return {.exit = static_cast<ExitCode>(WEXITSTATUS(status)),
          .out = ReadFile(out_path),
          .err = ReadFile(err_path)};
}

}  // namespace tally::cli
