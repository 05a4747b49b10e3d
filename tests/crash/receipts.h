// The receipts of acknowledged events: each proves its event by itself, and is
// the same whenever it is asked for.

#ifndef TALLY_TESTS_CRASH_RECEIPTS_H_
#define TALLY_TESTS_CRASH_RECEIPTS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "grpcpp/channel.h"

namespace tally::crash {

class Receipts {
 public:
  // Asks for the receipt of the event at a position, checks that it proves it
  // and that it is the one that came first. What is wrong; empty: nothing.
  std::string Ask(const std::shared_ptr<grpc::Channel>& channel,
                  int64_t position);

  int64_t checked() const { return checked_; }

 private:
  std::map<int64_t, std::string> first_;  // as a file, by position
  int64_t checked_ = 0;
};

}  // namespace tally::crash

#endif  // TALLY_TESTS_CRASH_RECEIPTS_H_
