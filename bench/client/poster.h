// How requests get to a ledger: a call each (unary_poster.h) or on streams
// (stream_poster.h), from lanes that stand for callers.
//
// A lane's requests are decided in the order in which they are started. Start
// may be called while another thread waits; a lane has at most `window`
// requests under way.

#ifndef TALLY_BENCH_CLIENT_POSTER_H_
#define TALLY_BENCH_CLIENT_POSTER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grpcpp/grpcpp.h"

namespace tally::bench {

// The answer to the oldest request of a lane that has none yet.
struct Answer {
  int lane = 0;
  std::string bytes;  // of the response
  std::string error;  // of a call that failed; the lane is then lost
};

class Poster {
 public:
  virtual ~Poster() = default;

  virtual int lanes() const = 0;
  virtual int window() const = 0;
  // The numbers of the fields of events in a request, of outcomes in a
  // response.
  virtual int events_field() const = 0;
  virtual int outcomes_field() const = 0;

  // Writes what stands before the events of the lane's next request.
  virtual void Begin(int lane, std::string* request) = 0;
  // Sends it; the bytes must stay where they are until it is answered.
  virtual void Start(int lane, std::string_view request) = 0;
  // Waits for the next answer. At least one request must be under way.
  virtual Answer Wait() = 0;
  // Gives up what is under way: no bytes are read any more after it. Nothing
  // else may be called then.
  virtual void Stop() = 0;
};

// Connections of their own, so that calls do not share one socket.
std::vector<std::shared_ptr<grpc::Channel>> Connect(const std::string& server,
                                                    int connections);

// Whether HOST:PORT is this machine by its address alone.
bool IsLoopback(std::string_view server);

// Bytes that somebody else keeps, as a message.
grpc::ByteBuffer Borrowed(std::string_view bytes);
std::string BytesOf(const grpc::ByteBuffer& message);

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_POSTER_H_
