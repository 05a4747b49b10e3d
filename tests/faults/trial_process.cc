#include "tests/faults/trial_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/functional/function_ref.h"
#include "engine/base/check.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace tally::faults {
namespace {

constexpr unsigned kSecondsMax = 60;
constexpr size_t kLastWordsMax = 400;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Runs `work` in a child, which writes what it returns; how that ended.
int RunInChild(const std::string& words, const std::string& answer,
               absl::FunctionRef<nlohmann::json()> work) {
  std::filesystem::remove(answer);
  const pid_t child = fork();
  TALLY_CHECK(child >= 0);
  if (child == 0) {
    const int file = open(words.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file >= 0) dup2(file, STDERR_FILENO);
    alarm(kSecondsMax);
    std::ofstream(answer) << work().dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace);
    // Nothing of the parent's is to be flushed or destroyed here.
    _exit(0);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    TALLY_CHECK(errno == EINTR);
  }
  return status;
}

nlohmann::json WriteReport(const TrialReport& report) {
  return {{"reaction", static_cast<int>(report.reaction)},
          {"file", report.file},
          {"message", report.message},
          {"wrong", report.wrong},
          {"acknowledged", report.acknowledged}};
}

TrialReport ReadReport(const std::string& answer) {
  const nlohmann::json json = nlohmann::json::parse(ReadFile(answer));
  return {.reaction = static_cast<Reaction>(json.at("reaction").get<int>()),
          .file = json.at("file"),
          .message = json.at("message"),
          .wrong = json.at("wrong"),
          .acknowledged = json.at("acknowledged")};
}

std::string LastWords(const std::string& words) {
  std::string last = ReadFile(words);
  if (last.size() > kLastWordsMax) last.erase(0, last.size() - kLastWordsMax);
  std::replace(last.begin(), last.end(), '\n', ' ');
  return last;
}

std::string EndOf(int status) {
  return WIFSIGNALED(status)
             ? fmt::format("ended by {}", strsignal(WTERMSIG(status)))
             : fmt::format("ended with {}", WEXITSTATUS(status));
}

}  // namespace

TrialReport RunApart(const std::string& folder, const FaultPlan& plan,
                     const Expected& expected) {
  const std::string words = folder + "/words";
  const std::string answer = folder + "/answer";
  int status = RunInChild(words, answer, [&] {
    return WriteReport(RunTrial(folder, plan, expected));
  });
  if (status == 0) return ReadReport(answer);
  const std::string message =
      fmt::format("{}: {}", EndOf(status), LastWords(words));
  status = RunInChild(words, answer, [&] {
    return WriteReport(ResumeTrial(folder, expected));
  });
  TrialReport report{.reaction = Reaction::kAborted};
  if (status == 0) {
    report = ReadReport(answer);
  } else {
    report.wrong = fmt::format("opened again, it {}", EndOf(status));
  }
  report.message = message;
  return report;
}

OperationCounts CountApart(const std::string& folder) {
  const std::string answer = folder + "/answer";
  const int status = RunInChild(folder + "/words", answer, [&folder] {
    return nlohmann::json(CountOperations(folder));
  });
  TALLY_CHECK(status == 0);
  return nlohmann::json::parse(ReadFile(answer)).get<OperationCounts>();
}

}  // namespace tally::faults
