#include "tools/tally/embedded.h"

#include <utility>

#include "engine/base/status_macros.h"
#include "services/server.h"
#include "services/system_clock.h"
#include "services/test_ledgers.h"

namespace tally::cli {

struct EmbeddedLedger::Parts {
  services::SystemClock clock;
  services::TestLedgers ledgers{&clock};
  std::unique_ptr<services::Server> server;
};

EmbeddedLedger::EmbeddedLedger(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}

EmbeddedLedger::~EmbeddedLedger() = default;

absl::StatusOr<std::unique_ptr<EmbeddedLedger>> EmbeddedLedger::Start() {
  auto parts = std::make_unique<Parts>();
  ASSIGN_OR_RETURN(parts->server, services::Server::Start(&parts->ledgers, {}));
  return std::unique_ptr<EmbeddedLedger>(new EmbeddedLedger(std::move(parts)));
}

std::shared_ptr<grpc::Channel> EmbeddedLedger::channel() const {
  return parts_->server->InProcessChannel();
}

}  // namespace tally::cli
