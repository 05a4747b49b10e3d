// Questions to a server from any bytes: the first says which method, the rest
// is the request. Each is answered, or refused in words that a client may
// hear; an answer is a message of the method's.

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>

#include "engine/base/check.h"
#include "google/protobuf/stubs/logging.h"
#include "tests/fuzz/portions.h"
#include "tests/fuzz/small_server.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const auto* const silence = new google::protobuf::LogSilencer();
  (void)silence;
  tally::fuzz::SmallServer& server = tally::fuzz::TheServer();
  tally::fuzz::Portions input(bytes, size);
  const auto& method =
      *server.methods()[input.Byte() % server.methods().size()];
  std::string answer;
  const grpc::Status status = server.Call(method, input.Rest(), &answer);
  if (!tally::fuzz::IsAnswer(status)) {
    std::cerr << method.full_name() << ": " << status.error_code() << " "
              << status.error_message() << "\n";
  }
  TALLY_CHECK(tally::fuzz::IsAnswer(status));
  if (!status.ok()) return 0;
  const std::unique_ptr<google::protobuf::Message> response(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(method.output_type())
          ->New());
  TALLY_CHECK(response->ParseFromString(answer));
  return 0;
}
