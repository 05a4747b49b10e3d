// A server in this process with a small ledger in memory, and every unary
// method that it has, to be called with any bytes.

#ifndef TALLY_TESTS_FUZZ_SMALL_SERVER_H_
#define TALLY_TESTS_FUZZ_SMALL_SERVER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "services/ledger_source.h"
#include "services/server.h"
#include "services/system_clock.h"

namespace tally::fuzz {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

class SmallServer {
 public:
  SmallServer();

  // All that take one message and give one, but those that write.
  const std::vector<const MethodDescriptor*>& methods() const {
    return methods_;
  }
  // Its answer into `answer`.
  grpc::Status Call(const MethodDescriptor& method, std::string_view bytes,
                    std::string* answer);
  // A request that asks for something that is there.
  std::unique_ptr<Message> Question(const MethodDescriptor& method) const;
  // What the caller's page tokens are sealed with.
  std::string PageKey() const;

 private:
  services::SystemClock clock_;
  std::unique_ptr<services::OneLedger> ledgers_;
  std::unique_ptr<services::Server> server_;
  std::unique_ptr<grpc::GenericStub> stub_;
  grpc::CompletionQueue queue_;
  std::vector<const MethodDescriptor*> methods_;
};

// One for the whole process.
SmallServer& TheServer();

// Whether a client may be told this: never that something is unknown or has
// gone wrong inside.
bool IsAnswer(const grpc::Status& status);

}  // namespace tally::fuzz

#endif  // TALLY_TESTS_FUZZ_SMALL_SERVER_H_
