// Posting: from the events of a request to the batch that the ledger decides,
// and from its answer back to outcomes.

#ifndef TALLY_SERVICES_POST_BATCH_H_
#define TALLY_SERVICES_POST_BATCH_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/ledger/batch.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "grpcpp/server_context.h"
#include "services/messages.h"
#include "tallystick/v1/event.pb.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tallystick/v1/outcome.pb.h"

namespace tally::services {

using WireEvents = google::protobuf::RepeatedPtrField<tallystick::v1::Event>;

// INVALID_ARGUMENT for no events, too many, or choices that are not known.
// What is wrong with one event is left to the ledger to refuse.
absl::StatusOr<std::unique_ptr<Batch>> ToBatch(
    const WireEvents& events, tallystick::v1::PostMode mode,
    tallystick::v1::OutcomeView view, const grpc::ServerContextBase& context,
    const RequestLimits& limits);

// The outcomes of these events.
void EncodeOutcomes(
    const std::vector<Outcome>& in, const WireEvents& events,
    google::protobuf::RepeatedPtrField<tallystick::v1::Outcome>* out);

}  // namespace tally::services

#endif  // TALLY_SERVICES_POST_BATCH_H_
