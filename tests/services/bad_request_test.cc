// What a client can get wrong about a whole request: each is INVALID_ARGUMENT
// with the field, the value and the limit, and nothing is written.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "grpcpp/generic/generic_stub.h"
#include "tallystick/v1/trace_service.grpc.pb.h"
#include "tests/services/server_test_base.h"

namespace tally::services {
namespace {

class BadRequestTest : public ServerTestBase {
 protected:
  void SetUp() override {
    StartServer({.limits = {.bytes_max = 64 << 10, .events_max = 100}});
    PostWorld();
    trace_ = v1::TraceService::NewStub(channel_);
  }

  grpc::Status TryPost(const v1::PostEventsRequest& request) {
    grpc::ClientContext context;
    v1::PostEventsResponse response;
    return ledger_->PostEvents(&context, request, &response);
  }

  template <typename Request, typename Response, typename Stub>
  grpc::Status Ask(Stub& stub,
                   grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                const Request&, Response*),
                   const Request& request) {
    grpc::ClientContext context;
    Response response;
    return (stub.*method)(&context, request, &response);
  }

  std::unique_ptr<v1::TraceService::Stub> trace_;
};

void ExpectField(const grpc::Status& status, const std::string& field) {
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << field;
  const auto details = DetailOf<google::rpc::BadRequest>(status);
  ASSERT_GE(details.field_violations_size(), 1) << status.error_message();
  EXPECT_EQ(details.field_violations(0).field(), field);
  EXPECT_NE(status.error_message().find(field), std::string::npos);
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  EXPECT_EQ(info.reason(), "INVALID_ARGUMENT");
  EXPECT_EQ(info.domain(), "tallystick.v1");
  EXPECT_EQ(info.metadata().at("field"), field);
}

TEST_F(BadRequestTest, OfPosts) {
  ExpectField(TryPost({}), "events");

  v1::PostEventsRequest mode;
  *mode.add_events() = MakeShip("S1", "1");
  mode.set_mode(static_cast<v1::PostMode>(9));
  ExpectField(TryPost(mode), "mode");

  v1::PostEventsRequest view;
  *view.add_events() = MakeShip("S1", "1");
  view.set_view(static_cast<v1::OutcomeView>(-1));
  ExpectField(TryPost(view), "view");

  v1::PostEventsRequest recorded;
  *recorded.add_events() = MakeShip("S1", "1");
  recorded.mutable_recorded_at()->set_seconds(1);
  ExpectField(TryPost(recorded), "recorded_at");
  EXPECT_EQ(Stock(), "100.00");
}

TEST_F(BadRequestTest, OversizeNamesBothLimits) {
  v1::PostEventsRequest many;
  for (int i = 0; i < 101; ++i) {
    *many.add_events() = MakeShip(fmt::format("S{}", i), "0.01");
  }
  v1::PostEventsRequest large;
  *large.add_events() = MakeShip("S1", "1");
  large.mutable_events(0)->set_document(std::string(70'000, 'x'));
  for (const v1::PostEventsRequest& request : {many, large}) {
    const grpc::Status status = TryPost(request);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    const auto info = DetailOf<google::rpc::ErrorInfo>(status);
    EXPECT_EQ(info.metadata().at("request_bytes_max"), "65536");
    EXPECT_EQ(info.metadata().at("events_per_request_max"), "100");
    EXPECT_NE(status.error_message().find("65536"), std::string::npos);
    EXPECT_NE(status.error_message().find("100"), std::string::npos);
  }
  EXPECT_EQ(Stock(), "100.00");
}

TEST_F(BadRequestTest, MetadataForTestsIsRefused) {
  grpc::ClientContext context;
  context.AddMetadata("tally-test-ledger", "mine");
  v1::PostEventsResponse response;
  const grpc::Status status =
      ledger_->PostEvents(&context, MakeWorld(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).reason(),
            "NOT_A_TEST_SERVER");
}

// Sends bytes as they are.
grpc::Status CallRaw(const std::shared_ptr<grpc::Channel>& channel,
                     const std::string& method, const std::string& bytes) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::Status status;
  auto call = stub.PrepareUnaryCall(&context, method, request, &queue);
  call->StartCall();
  call->Finish(&response, &status, &call);
  void* tag = nullptr;
  bool ok = false;
  EXPECT_TRUE(queue.Next(&tag, &ok));
  return status;
}

TEST_F(BadRequestTest, BytesThatAreNoMessageNameTheField) {
  v1::PostEventsRequest request;
  *request.add_events() = MakeShip("S1", "1");
  *request.add_events() = MakeShip("S2", "1");
  std::string bytes = request.SerializeAsString();
  const size_t place = bytes.rfind("cpo");
  ASSERT_NE(place, std::string::npos);
  bytes[place] = '\xff';
  ExpectField(
      CallRaw(channel_, "/tallystick.v1.LedgerService/PostEvents", bytes),
      "events[1].ship.lines[0].product");
  ExpectField(CallRaw(channel_, "/tallystick.v1.BalanceService/GetBalance",
                      "\x0a\x02\xc3\x28"),
              "site");
  ExpectField(
      CallRaw(channel_, "/tallystick.v1.BalanceService/GetBalance", "\x0a\x7f"),
      "site");
  EXPECT_EQ(Stock(), "100.00");
}

TEST_F(BadRequestTest, OfReads) {
  using Balance = v1::BalanceService::Stub;
  using LedgerStub = v1::LedgerService::Stub;
  using Trace = v1::TraceService::Stub;
  v1::GetBalanceRequest balance;
  balance.set_product("cpo");
  ExpectField(Ask<v1::GetBalanceRequest, v1::GetBalanceResponse>(
                  *balance_, &Balance::GetBalance, balance),
              "site");
  balance.set_site("mill");
  balance.set_scheme("seg");
  ExpectField(Ask<v1::GetBalanceRequest, v1::GetBalanceResponse>(
                  *balance_, &Balance::GetBalance, balance),
              "model");
  balance.set_model(v1::MODEL_SEGREGATED);
  balance.set_as_at("2025-02-30");
  ExpectField(Ask<v1::GetBalanceRequest, v1::GetBalanceResponse>(
                  *balance_, &Balance::GetBalance, balance),
              "as_at");

  v1::ListEventsRequest events;
  events.set_page_size(-1);
  ExpectField(Ask<v1::ListEventsRequest, v1::ListEventsResponse>(
                  *ledger_, &LedgerStub::ListEvents, events),
              "page_size");
  events.set_page_size(0);
  events.add_kinds(static_cast<v1::EventKind>(99));
  ExpectField(Ask<v1::ListEventsRequest, v1::ListEventsResponse>(
                  *ledger_, &LedgerStub::ListEvents, events),
              "kinds[0]");

  ExpectField(Ask<v1::GetEventRequest, v1::GetEventResponse>(
                  *ledger_, &LedgerStub::GetEvent, v1::GetEventRequest()),
              "key");
  v1::TraceLotRequest trace;
  trace.set_lot("L1");
  ExpectField(Ask<v1::TraceLotRequest, v1::TraceLotResponse>(
                  *trace_, &Trace::TraceLot, trace),
              "direction");
  ExpectField(Ask<v1::ListShipmentsRequest, v1::ListShipmentsResponse>(
                  *balance_, &Balance::ListShipments, {}),
              "party");
}

TEST_F(BadRequestTest, UnknownNamesAreNotFound) {
  grpc::ClientContext context;
  v1::GetShipmentRequest request;
  request.set_shipment("nowhere");
  v1::GetShipmentResponse response;
  const grpc::Status status =
      balance_->GetShipment(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  EXPECT_EQ(info.reason(), "NOT_FOUND");
  EXPECT_EQ(info.domain(), "tallystick.v1");
  EXPECT_EQ(info.metadata().at("field"), "shipment");
  EXPECT_EQ(info.metadata().at("value"), "nowhere");
}

}  // namespace
}  // namespace tally::services
