// Kills a real tallyd again and again while clients post to it, and looks at
// what it left behind.
//
// After each kill the log is read, without the server, and compared with what
// the clients wrote down: every acknowledged event is at its position, every
// batch that was not answered is there wholly or not at all, nothing else is
// there, and the tree has the root that it had at every size noted before.
// Then the server is started again: it must hold what the log says, and answer
// retries as it answered first.

#ifndef TALLY_TESTS_CRASH_CRASH_RUN_H_
#define TALLY_TESTS_CRASH_CRASH_RUN_H_

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/base/sha256.h"
#include "grpcpp/channel.h"
#include "tallystick/v1/balance_service.grpc.pb.h"
#include "tests/crash/crash_client.h"
#include "tests/end_to_end/tallyd_process.h"

namespace tally::crash {

struct CrashFigures {
  int64_t cycles = 0;
  int64_t acknowledged = 0;
  int64_t lost = 0;
  int64_t unanswered_there = 0;  // batches that were not answered, in the log
  int64_t unanswered_absent = 0;
  int64_t receipts = 0;  // checked
};

class CrashRun {
 public:
  CrashRun(uint64_t seed, int clients);

  // Starts, posts, kills, looks. False when something is wrong.
  bool Cycle();

  const CrashFigures& figures() const { return figures_; }
  // Empty: nothing.
  const std::string& wrong() const { return wrong_; }

 private:
  bool Wrong(std::string what);
  // Starts the server on what the cycle before left, and asks it.
  bool Ask(const std::shared_ptr<grpc::Channel>& channel);
  bool AskBalances(const std::shared_ptr<grpc::Channel>& channel);
  bool AskBalance(const std::shared_ptr<grpc::Channel>& channel,
                  const tallystick::v1::GetBalanceRequest& request,
                  int64_t expected);
  void PostUntilKilled(const std::shared_ptr<grpc::Channel>& channel,
                       services::TallydProcess* process);
  // Looks at what is left.
  bool ReadLog();
  bool CompareClient(const CrashClient& client);

  const services::TemporaryFolder folder_;
  std::mt19937_64 random_;
  std::vector<std::unique_ptr<CrashClient>> clients_;
  std::map<std::string, int64_t> in_log_;    // position by id
  std::map<int64_t, Sha256Digest> root_of_;  // by size
  CrashFigures figures_;
  std::string wrong_;
};

}  // namespace tally::crash

#endif  // TALLY_TESTS_CRASH_CRASH_RUN_H_
