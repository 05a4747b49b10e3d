// StreamEvents: a stream for each lane, on which several batches are under way.
// One thread waits for all of them on a completion queue.

#ifndef TALLY_BENCH_CLIENT_STREAM_POSTER_H_
#define TALLY_BENCH_CLIENT_STREAM_POSTER_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/client/poster.h"
#include "engine/base/mutex.h"
#include "grpcpp/generic/generic_stub.h"

namespace tally::bench {

class StreamPoster final : public Poster {
 public:
  // A connection for each stream.
  StreamPoster(const std::string& server, int lanes, int window);
  ~StreamPoster() override { StreamPoster::Stop(); }

  int lanes() const override { return static_cast<int>(streams_.size()); }
  int window() const override { return window_; }
  int events_field() const override;
  int outcomes_field() const override;
  void Begin(int lane, std::string* request) override;
  void Start(int lane, std::string_view request) override;
  Answer Wait() override;
  void Stop() override;

 private:
  struct Stream;
  enum class What { kStarted, kWritten, kRead, kFinished };
  // What a tag of the queue points to.
  struct Tag {
    Stream* stream = nullptr;
    What what = What::kStarted;
  };
  struct Stream {
    int lane = 0;
    int64_t batches = 0;  // that were begun
    std::unique_ptr<grpc::GenericStub> stub;
    grpc::ClientContext context;
    std::unique_ptr<grpc::GenericClientAsyncReaderWriter> calls;
    grpc::ByteBuffer response;
    grpc::Status status;
    // Requests that wait until the one before is written.
    std::deque<std::string_view> unwritten;
    bool writing = true;  // or being started
    Tag started{this, What::kStarted};
    Tag written{this, What::kWritten};
    Tag read{this, What::kRead};
    Tag finished{this, What::kFinished};
  };

  // Whether the tag was an answer, or the end of the stream.
  bool Take(const Tag& tag, bool ok, Answer* answer) TALLY_EXCLUDES(mutex_);
  void Write(Stream* stream) TALLY_REQUIRES(mutex_);

  const int window_;
  Mutex mutex_;  // over the streams' writing
  std::vector<std::unique_ptr<Stream>> streams_;
  grpc::CompletionQueue queue_;
  bool stopped_ = false;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_STREAM_POSTER_H_
