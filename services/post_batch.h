// Posting: from the events of a request to the batch that the ledger decides,
// and from its answer back to outcomes.

#ifndef TALLY_SERVICES_POST_BATCH_H_
#define TALLY_SERVICES_POST_BATCH_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/ledger/batch.h"
#include "services/caller.h"
#include "services/messages.h"
#include "services/wire/views.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::services {

using WireEvents = wire::ViewList<wire::view::Event>;

// INVALID_ARGUMENT for no events, too many, or choices that are not known.
// What is wrong with one event is left to the ledger to refuse. They are
// posted by the caller. The batch's text is where the events have it.
absl::StatusOr<std::unique_ptr<Batch>> ToBatch(WireEvents events,
                                               tallystick::v1::PostMode mode,
                                               tallystick::v1::OutcomeView view,
                                               const Caller& caller,
                                               const RequestLimits& limits);

// Appends the outcomes of these events to the bytes of a message, as its
// repeated field `field`.
void AppendOutcomes(int field, const std::vector<Outcome>& in,
                    WireEvents events, std::string* out);

}  // namespace tally::services

#endif  // TALLY_SERVICES_POST_BATCH_H_
