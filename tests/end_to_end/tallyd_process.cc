#include "tests/end_to_end/tallyd_process.h"

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "engine/base/check.h"
#include "grpcpp/grpcpp.h"

namespace tally::services {
namespace {

std::string ReadAll(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string Program() {
  const char* folder = std::getenv("TALLY_BINARY_DIR");
  TALLY_CHECK(folder != nullptr);
  return std::string(folder) + "/bin/tallyd";
}

// Takes all privileges from this process.
bool BecomeNobody() {
  constexpr uid_t kNobody = 65'534;
  return geteuid() != 0 || (setgroups(0, nullptr) == 0 &&
                            setgid(kNobody) == 0 && setuid(kNobody) == 0);
}

// In the child: becomes the program.
[[noreturn]] void Become(const std::vector<std::string>& words,
                         const std::vector<std::string>& variables,
                         const std::string& out, const std::string& err,
                         RunAs user) {
  constexpr int kFlags = O_CREAT | O_TRUNC | O_WRONLY;
  dup2(open(out.c_str(), kFlags, 0600), STDOUT_FILENO);
  dup2(open(err.c_str(), kFlags, 0600), STDERR_FILENO);
  // Opened before: its folder may be closed to others.
  const int program = open(words[0].c_str(), O_RDONLY);
  if (user == RunAs::kNobody && !BecomeNobody()) _exit(126);
  std::vector<char*> argv;
  for (const std::string& word : words) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  std::vector<char*> environment;
  for (const std::string& variable : variables) {
    environment.push_back(const_cast<char*>(variable.c_str()));
  }
  environment.push_back(nullptr);
  fexecve(program, argv.data(), environment.data());
  _exit(127);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "tallyd_test.XXXXXX").string();
  TALLY_CHECK(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

TallydProcess::TallydProcess(const TemporaryFolder& folder,
                             const std::vector<std::string>& arguments,
                             const std::vector<std::string>& variables,
                             RunAs user) {
  static std::atomic<int> count = 0;
  const std::string name = "process" + std::to_string(++count);
  out_ = folder.At(name + ".out");
  err_ = folder.At(name + ".err");
  std::vector<std::string> words = {Program()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  pid_ = fork();
  TALLY_CHECK(pid_ >= 0);
  if (pid_ == 0) Become(words, variables, out_, err_, user);
}

TallydProcess::~TallydProcess() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

std::shared_ptr<grpc::Channel> TallydProcess::Connect() {
  constexpr std::string_view kListening = "listening on ";
  while (true) {
    const std::string out = ReadAll(out_);
    const size_t line = out.find(kListening);
    const size_t end = out.find('\n');
    if (line != std::string::npos && end != std::string::npos) {
      const size_t start = line + kListening.size();
      return grpc::CreateChannel(out.substr(start, end - start),
                                 grpc::InsecureChannelCredentials());
    }
    if (HasEnded()) return nullptr;
    std::this_thread::yield();
  }
}

bool TallydProcess::WaitForMessage(const std::string& message) {
  const std::string wanted = "\"message\":\"" + message + "\"";
  while (ReadAll(err_).find(wanted) == std::string::npos) {
    if (HasEnded()) return false;
    std::this_thread::yield();
  }
  return true;
}

bool TallydProcess::HasEnded() const {
  siginfo_t info = {};
  waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
  return info.si_pid == pid_;
}

void TallydProcess::Signal(int signal) const { kill(pid_, signal); }

void TallydProcess::LimitFileBytes(std::optional<uint64_t> bytes) const {
  rlimit limit = {};
  TALLY_CHECK(prlimit(pid_, RLIMIT_FSIZE, nullptr, &limit) == 0);
  limit.rlim_cur = bytes.value_or(limit.rlim_max);
  TALLY_CHECK(prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr) == 0);
}

Ended TallydProcess::Wait() {
  int status = 0;
  TALLY_CHECK(waitpid(pid_, &status, 0) == pid_);
  pid_ = -1;
  Ended ended = {.out = ReadAll(out_), .err = ReadAll(err_)};
  if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  return ended;
}

}  // namespace tally::services
