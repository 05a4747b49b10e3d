// A tallyd of one's own, on a free port, with a folder of its own.

#ifndef TALLY_TESTS_END_TO_END_TALLYD_PROCESS_H_
#define TALLY_TESTS_END_TO_END_TALLYD_PROCESS_H_

#include <sys/types.h>

#include <filesystem>
#include <memory>
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

class TallydProcess {
 public:
  // Runs it with these arguments and variables; stdout and stderr go to files
  // in the folder.
  TallydProcess(const TemporaryFolder& folder,
                const std::vector<std::string>& arguments,
                const std::vector<std::string>& variables = {});
  // Kills it if it still runs.
  ~TallydProcess();
  TallydProcess(const TallydProcess&) = delete;
  TallydProcess& operator=(const TallydProcess&) = delete;

  // Waits until it listens; nullptr where it ended instead.
  std::shared_ptr<grpc::Channel> Connect();
  void Signal(int signal) const;
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
