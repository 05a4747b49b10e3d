#include "tools/tally/upload.h"

#include "fmt/format.h"
#include "tools/tally/stream_upload.h"

namespace tally::cli {
namespace {

namespace v1 = tallystick::v1;

// Small enough that progress shows and a slow server answers in time.
constexpr size_t kBatchEvents = 500;
constexpr size_t kBatchBytes = 1 << 20;
// What an event takes in a request besides itself, at most.
constexpr size_t kFrameBytes = 16;

grpc::Status TooLarge() {
  return {grpc::StatusCode::INVALID_ARGUMENT,
          fmt::format("too much for one request, which all-or-none and a dry "
                      "run need: at most {} events and {} bytes",
                      kRequestEventsMax, kRequestBytesMax)};
}

// How many events from `first` on make one batch.
size_t BatchOf(const std::vector<PlacedEvent>& events, size_t first,
               size_t events_max, size_t bytes_max) {
  size_t count = 0;
  size_t bytes = 0;
  while (first + count < events.size() && count < events_max) {
    bytes += events[first + count].event.ByteSizeLong() + kFrameBytes;
    if (count > 0 && bytes > bytes_max) break;
    ++count;
  }
  return count;
}

// The whole file in one request.
Upload SendWhole(const Connection& connection,
                 const std::vector<PlacedEvent>& events,
                 const UploadOptions& options) {
  Upload upload;
  v1::PostEventsRequest request;
  request.set_mode(options.is_all_or_none ? v1::POST_MODE_ALL_OR_NONE
                                          : v1::POST_MODE_PER_EVENT);
  request.set_validate_only(options.is_validate_only);
  for (const PlacedEvent& event : events) *request.add_events() = event.event;
  v1::PostEventsResponse response;
  upload.status =
      connection.Call("LedgerService/PostEvents", request, &response);
  if (!upload.status.ok()) return upload;
  if (static_cast<size_t>(response.outcomes_size()) != events.size()) {
    upload.status = {grpc::StatusCode::DATA_LOSS,
                     fmt::format("{} outcomes for {} events",
                                 response.outcomes_size(), events.size())};
    return upload;
  }
  upload.outcomes.assign(response.outcomes().begin(),
                         response.outcomes().end());
  if (options.on_progress) options.on_progress(upload.outcomes.size());
  return upload;
}

}  // namespace

Upload Send(const Connection& connection,
            const std::vector<PlacedEvent>& events,
            const UploadOptions& options) {
  if (events.empty()) return {};
  if (options.is_all_or_none || options.is_validate_only) {
    if (BatchOf(events, 0, kRequestEventsMax, kRequestBytesMax) <
        events.size()) {
      return {.status = TooLarge(), .outcomes = {}};
    }
    return SendWhole(connection, events, options);
  }
  const auto batch_size = [&](size_t first) {
    return BatchOf(events, first, kBatchEvents, kBatchBytes);
  };
  if (batch_size(0) == events.size()) {
    return SendWhole(connection, events, options);
  }
  return StreamUpload(&connection, &events, batch_size, options.on_progress)
      .Run();
}

}  // namespace tally::cli
