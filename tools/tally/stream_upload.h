// Sends the events of a file through one StreamEvents call: many batches are
// under way at once, as many as the server's window takes, and what the server
// cannot take yet waits here.
//
//   StreamUpload stream(connection, events, {…});
//   Upload upload = stream.Run();

#ifndef TALLY_TOOLS_TALLY_STREAM_UPLOAD_H_
#define TALLY_TOOLS_TALLY_STREAM_UPLOAD_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/support/async_stream.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"
#include "tools/tally/connection.h"
#include "tools/tally/upload.h"

namespace tally::cli {

class StreamUpload {
 public:
  // All must outlive it. `batch_size` answers how many events from a place on
  // make one batch. Any one answer may take the connection's timeout.
  StreamUpload(const Connection* connection,
               const std::vector<PlacedEvent>* events,
               std::function<size_t(size_t)> batch_size,
               std::function<void(size_t)> on_progress);
  StreamUpload(const StreamUpload&) = delete;
  StreamUpload& operator=(const StreamUpload&) = delete;

  Upload Run();

 private:
  enum class Step : intptr_t { kStart = 1, kRead, kWrite, kWritesDone, kEnd };

  static void* Tag(Step step) { return reinterpret_cast<void*>(step); }
  // Waits for one step to be done; gives the call up when none is in time.
  void Await();
  void Done(Step step, bool ok);
  void Read();
  void Write();
  void Take();
  // Ends the call for a reason of ours.
  void GiveUp(grpc::StatusCode code, const std::string& reason);

  const std::vector<PlacedEvent>& events_;
  const std::function<size_t(size_t)> batch_size_;
  const std::function<void(size_t)> on_progress_;
  const std::chrono::milliseconds timeout_;

  grpc::CompletionQueue queue_;
  grpc::ClientContext context_;
  std::unique_ptr<tallystick::v1::LedgerService::Stub> stub_;
  std::unique_ptr<
      grpc::ClientAsyncReaderWriter<tallystick::v1::StreamEventsRequest,
                                    tallystick::v1::StreamEventsResponse>>
      stream_;
  tallystick::v1::StreamEventsRequest request_;
  tallystick::v1::StreamEventsResponse response_;

  Upload upload_;
  grpc::Status end_;      // as the server said it
  bool gave_up_ = false;  // `upload_.status` says why
  int under_way_ = 0;     // steps that are not done
  bool writing_ = false;
  bool all_written_ = false;
  size_t sent_ = 0;                // events
  int64_t batch_ = 0;              // number of the last one sent
  size_t window_ = 1;              // until the server says more
  std::deque<size_t> unanswered_;  // events of each batch
};

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_STREAM_UPLOAD_H_
