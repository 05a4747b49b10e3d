// A program outside the repository that calls a server with the installed
// stubs; nothing listens where it calls, and gRPC says so.

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <cstdio>
#include <memory>

#include "tallystick/v1/ledger_service.grpc.pb.h"

int main() {
  using tallystick::v1::LedgerService;
  const std::unique_ptr<LedgerService::Stub> ledger =
      LedgerService::NewStub(grpc::CreateChannel(
          "unix:/nonexistent", grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(10));
  tallystick::v1::GetEventResponse response;
  const grpc::Status status =
      ledger->GetEvent(&context, tallystick::v1::GetEventRequest(), &response);
  std::printf("status %d\n", status.error_code());
  return status.error_code() == grpc::StatusCode::UNAVAILABLE ? 0 : 1;
}
