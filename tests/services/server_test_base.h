// A server on a ledger in memory, on a free port, and clients of it.

#ifndef TALLY_TESTS_SERVICES_SERVER_TEST_BASE_H_
#define TALLY_TESTS_SERVICES_SERVER_TEST_BASE_H_

#include <memory>
#include <string>
#include <utility>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/ledger_source.h"
#include "services/server.h"
#include "services/system_clock.h"
#include "tallystick/v1/balance_service.grpc.pb.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"
#include "tests/services/world.h"

namespace tally::services {

namespace v1 = tallystick::v1;

// A detail of an error, empty where it has none.
template <typename Detail>
Detail DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  Detail detail;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  for (const auto& any : details.details()) {
    if (any.Is<Detail>()) any.UnpackTo(&detail);
  }
  return detail;
}

class ServerTestBase : public testing::Test {
 protected:
  void StartServer(ServerOptions options = {}, LedgerOptions ledger = {}) {
    ledger.clock = &clock_;
    auto opened = Ledger::Open(std::move(ledger));
    ASSERT_TRUE(opened.ok()) << opened.status();
    StartServer(std::make_unique<OneLedger>(*std::move(opened)),
                std::move(options));
  }

  void StartServer(std::unique_ptr<LedgerSource> ledgers,
                   ServerOptions options = {}) {
    server_.reset();
    ledgers_ = std::move(ledgers);
    options.listen = "127.0.0.1:0";
    auto server = Server::Start(ledgers_.get(), std::move(options));
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = Connect(server_->port());
    ledger_ = v1::LedgerService::NewStub(channel_);
    balance_ = v1::BalanceService::NewStub(channel_);
  }

  static std::shared_ptr<grpc::Channel> Connect(int port) {
    return grpc::CreateChannel("127.0.0.1:" + std::to_string(port),
                               grpc::InsecureChannelCredentials());
  }

  void PostWorld() {
    const v1::PostEventsResponse response = Post(MakeWorld());
    ASSERT_EQ(response.outcomes_size(), kWorldSize);
    for (const v1::Outcome& outcome : response.outcomes()) {
      ASSERT_TRUE(outcome.has_accepted()) << outcome.ShortDebugString();
    }
  }

  v1::PostEventsResponse Post(const v1::PostEventsRequest& request) {
    grpc::ClientContext context;
    v1::PostEventsResponse response;
    const grpc::Status status =
        ledger_->PostEvents(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  v1::Outcome PostOne(const v1::Event& event) {
    v1::PostEventsRequest request;
    *request.add_events() = event;
    const v1::PostEventsResponse response = Post(request);
    EXPECT_EQ(response.outcomes_size(), 1);
    return response.outcomes_size() == 1 ? response.outcomes(0) : v1::Outcome();
  }

  // Segregated oil at the mill.
  std::string Stock() {
    grpc::ClientContext context;
    v1::GetBalanceRequest request;
    request.set_site("mill");
    request.set_product("cpo");
    request.set_scheme("seg");
    request.set_model(v1::MODEL_SEGREGATED);
    v1::GetBalanceResponse response;
    const grpc::Status status =
        balance_->GetBalance(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.balance().quantity();
  }

  SystemClock clock_;
  std::unique_ptr<LedgerSource> ledgers_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::LedgerService::Stub> ledger_;
  std::unique_ptr<v1::BalanceService::Stub> balance_;
};

}  // namespace tally::services

#endif  // TALLY_TESTS_SERVICES_SERVER_TEST_BASE_H_
