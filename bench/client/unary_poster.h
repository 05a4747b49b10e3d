// PostEvents: a call for each request, one under way in each lane. One thread
// waits for all of them on a completion queue, as a thread for each of 64
// callers would take the processor from the server.

#ifndef TALLY_BENCH_CLIENT_UNARY_POSTER_H_
#define TALLY_BENCH_CLIENT_UNARY_POSTER_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/client/poster.h"
#include "grpcpp/generic/generic_stub.h"

namespace tally::bench {

class UnaryPoster final : public Poster {
 public:
  UnaryPoster(const std::string& server, int lanes, int connections);
  ~UnaryPoster() override { UnaryPoster::Stop(); }

  int lanes() const override { return static_cast<int>(calls_.size()); }
  int window() const override { return 1; }
  int events_field() const override;
  int outcomes_field() const override;
  void Begin(int, std::string*) override {}
  void Start(int lane, std::string_view request) override;
  Answer Wait() override;
  void Stop() override;

 private:
  // What one lane has under way.
  struct Call {
    int lane = 0;
    grpc::GenericStub* stub = nullptr;
    std::optional<grpc::ClientContext> context;
    std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
    grpc::ByteBuffer response;
    grpc::Status status;
  };

  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  std::vector<std::unique_ptr<Call>> calls_;
  grpc::CompletionQueue queue_;
  bool stopped_ = false;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_UNARY_POSTER_H_
