// Sends the events of a file: in one request where they are few, otherwise
// through a stream of batches.

#ifndef TALLY_TOOLS_TALLY_UPLOAD_H_
#define TALLY_TOOLS_TALLY_UPLOAD_H_

#include <cstddef>
#include <functional>
#include <vector>

#include "grpcpp/support/status.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tools/tally/connection.h"
#include "tools/tally/event_file.h"

namespace tally::cli {

// The API's limits of one request.
inline constexpr size_t kRequestEventsMax = 10'000;
inline constexpr size_t kRequestBytesMax = 4 << 20;

struct UploadOptions {
  bool is_all_or_none = false;
  bool is_validate_only = false;
  // Called with the number of events answered.
  std::function<void(size_t)> on_progress;
};

struct Upload {
  grpc::Status status;
  // Of the events answered, in order; fewer than events if it failed.
  std::vector<tallystick::v1::Outcome> outcomes;
};

// All in one request where they are all-or-none or only validated, because a
// second request would not know of the first; INVALID_ARGUMENT where that is
// more than a request can hold.
Upload Send(const Connection& connection,
            const std::vector<PlacedEvent>& events,
            const UploadOptions& options);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_UPLOAD_H_
