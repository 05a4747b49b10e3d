// A tallyd of one's own, on a free port, with a folder of its own.

#ifndef TALLY_TESTS_END_TO_END_TALLYD_PROCESS_H_
#define TALLY_TESTS_END_TO_END_TALLYD_PROCESS_H_

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grpcpp/channel.h"

namespace tally::services {

// A folder that goes when the test ends.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string At(const std::string& name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

// What a program that ended left behind.
struct Ended {
  int exit_code = -1;  // or -1 where a signal ended it
  int signal = 0;
  std::string out;
  std::string err;
};

// Who runs it: the user of the test, or one that may do nothing special. Of
// the superuser the second is another; of everybody else it is the same.
enum class RunAs { kTest, kNobody };

class TallydProcess {
 public:
  // Runs it with these arguments and variables; stdout and stderr go to files
  // in the folder.
  TallydProcess(const TemporaryFolder& folder,
                const std::vector<std::string>& arguments,
                const std::vector<std::string>& variables = {},
                RunAs user = RunAs::kTest);
  // Kills it if it still runs.
  ~TallydProcess();
  TallydProcess(const TallydProcess&) = delete;
  TallydProcess& operator=(const TallydProcess&) = delete;

  // Waits until it listens; nullptr where it ended instead.
  std::shared_ptr<grpc::Channel> Connect();
  void Signal(int signal) const;
  // No file that it writes may grow beyond so many bytes; nullopt: any may.
  void LimitFileBytes(std::optional<uint64_t> bytes) const;
  // Waits until it logs this; false where it ended instead.
  bool WaitForMessage(const std::string& message);
  // Waits for its end.
  Ended Wait();

 private:
  bool HasEnded() const;

  pid_t pid_ = -1;
  std::string out_;
  std::string err_;
};

}  // namespace tally::services

#endif  // TALLY_TESTS_END_TO_END_TALLYD_PROCESS_H_
