// A client of the crash test: posts batches one after the other, writes down
// what it is about to post before it does, and what was answered after. It
// ends when the server does.

#ifndef TALLY_TESTS_CRASH_CRASH_CLIENT_H_
#define TALLY_TESTS_CRASH_CRASH_CLIENT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"
#include "tests/crash/progress.h"
#include "tests/crash/receipts.h"

namespace tally::crash {

// The client's events [first, first + count), posted at once.
struct PostedBatch {
  int64_t first = 0;
  int64_t count = 0;
};

class CrashClient {
 public:
  CrashClient(int number, uint64_t seed) : number_(number), random_(seed) {}

  // Posts the batch again that was not answered, if there is one. False, with
  // `wrong` set where that was the ledger's fault, when it is not answered as
  // `in_log`, the positions of the events in the log, says.
  bool Retry(const std::shared_ptr<grpc::Channel>& channel,
             const std::map<std::string, int64_t>& in_log);
  // Posts some events again that were acknowledged, and asks for their
  // receipts.
  bool Repeat(const std::shared_ptr<grpc::Channel>& channel);
  // Posts until the server is gone; counts what is acknowledged.
  void Run(const std::shared_ptr<grpc::Channel>& channel, Progress* progress);

  int number() const { return number_; }
  // Position by number of the event, of those that were acknowledged.
  const std::map<int64_t, int64_t>& acknowledged() const {
    return acknowledged_;
  }
  // Numbers below it were posted.
  int64_t next() const { return next_; }
  // The batch that was posted and not answered.
  const std::optional<PostedBatch>& pending() const { return pending_; }
  int64_t receipts_checked() const { return receipts_.checked(); }
  const std::string& wrong() const { return wrong_; }

 private:
  using Stub = tallystick::v1::LedgerService::Stub;

  tallystick::v1::PostEventsRequest RequestOf(const PostedBatch& batch) const;
  bool Post(Stub* stub, const PostedBatch& batch,
            tallystick::v1::PostEventsResponse* response);
  bool Note(const PostedBatch& batch,
            const tallystick::v1::PostEventsResponse& response);

  const int number_;
  std::mt19937_64 random_;
  int64_t next_ = 0;
  std::optional<PostedBatch> pending_;
  std::map<int64_t, int64_t> acknowledged_;
  Receipts receipts_;
  std::string wrong_;
};

}  // namespace tally::crash

#endif  // TALLY_TESTS_CRASH_CRASH_CLIENT_H_
