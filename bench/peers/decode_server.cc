// A server that only decodes: it takes streams of the ledger's own requests
// and answers every event as accepted, without deciding or writing anything.
// What it can do is the limit that gRPC sets on this machine.
//
//   decode_server --port-file FILE

#include <csignal>
#include <fstream>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "bench/client/poster.h"
#include "bench/workload/wire_writer.h"
#include "engine/base/arena.h"
#include "fmt/format.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/grpcpp.h"
#include "services/wire/decode.h"
#include "services/wire/view.h"
#include "services/wire/views.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

// The response to a batch, as long as the ledger's.
std::string Decoded(const std::string& bytes) {
  Arena arena;
  const auto request =
      wire::ReadView<wire::view::StreamEventsRequest>(bytes, &arena);
  std::string response;
  if (!request.has_value()) return response;
  WireWriter writer(&response);
  writer.Number(v1::StreamEventsResponse::kBatchFieldNumber, request->batch());
  int64_t position = 0;
  for (const wire::view::Event in : request->events()) {
    const Event event = wire::Decode(in, &arena);
    const size_t outcome =
        writer.Begin(v1::StreamEventsResponse::kOutcomesFieldNumber);
    writer.Text(v1::Outcome::kIdFieldNumber, in.id());
    const size_t accepted = writer.Begin(v1::Outcome::kAcceptedFieldNumber);
    writer.Number(v1::Accepted::kPositionFieldNumber, position++);
    const size_t time = writer.Begin(v1::Accepted::kRecordedAtFieldNumber);
    writer.Number(1, event.occurred_at.micros() / 1'000'000);
    writer.End(time);
    writer.End(accepted);
    writer.End(outcome);
  }
  return response;
}

// Reads a batch, answers it, reads the next.
class Answering final : public grpc::ServerGenericBidiReactor {
 public:
  Answering() { StartRead(&request_); }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    const std::string response = Decoded(BytesOf(request_));
    const grpc::Slice slice(response);
    response_ = grpc::ByteBuffer(&slice, 1);
    StartWrite(&response_);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::CANCELLED);
    StartRead(&request_);
  }
  void OnDone() override { delete this; }

 private:
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

class AnyMethod final : public grpc::CallbackGenericService {
 public:
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext*) override {
    return new Answering;  // deletes itself when the call is done
  }
};

int Main(const std::string& port_file) {
  AnyMethod service;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(16 << 20);
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  builder.RegisterCallbackGenericService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::ofstream(port_file) << port << std::endl;
  server->Wait();
  return 0;
}

}  // namespace
}  // namespace tally::bench

int main(int argc, char** argv) {
  std::string port_file;
  CLI::App app("Decodes what it is sent, and nothing else.");
  app.add_option("--port-file", port_file, "where to say the port")->required();
  CLI11_PARSE(app, argc, argv);
  return tally::bench::Main(port_file);
}
