#include "services/post_batch.h"

#include <string>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/base/uuid.h"
#include "fmt/format.h"
#include "services/acting_party.h"
#include "services/arguments.h"
#include "services/errors.h"
#include "services/wire/decode.h"
#include "services/wire/encode_outcome.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

absl::Status CheckSize(int events, const RequestLimits& limits) {
  if (events > limits.events_max) return TooManyEvents(events, limits);
  if (events > 0) return absl::OkStatus();
  return BadField("events", "none",
                  fmt::format("1 to {} events", limits.events_max));
}

// What EncodeOutcomes() needs of an event: its id, and whether it redeems.
// The engine's own went with the batch.
Event Remembered(const v1::Event& in) {
  static const RedeemCredits redeems;
  Event event;
  event.id = ParseUuid(in.id()).value_or(Uuid());
  if (in.has_redeem_credits()) event.body = &redeems;
  return event;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Batch>> ToBatch(
    const WireEvents& events, v1::PostMode mode, v1::OutcomeView view,
    const grpc::ServerContextBase& context, const RequestLimits& limits) {
  RETURN_IF_ERROR(CheckSize(events.size(), limits));
  Arguments arguments;
  const auto known_mode = arguments.Choice<v1::PostMode>("mode", mode);
  const auto known_view = arguments.Choice<v1::OutcomeView>("view", view);
  RETURN_IF_ERROR(arguments.status());

  auto batch = std::make_unique<Batch>();
  batch->mode = known_mode == v1::POST_MODE_ALL_OR_NONE ? BatchMode::kAllOrNone
                                                        : BatchMode::kPerEvent;
  batch->want_balances = known_view == v1::OUTCOME_VIEW_BALANCES;
  batch->events.reserve(static_cast<size_t>(events.size()));
  for (const v1::Event& in : events) {
    Event event = wire::Decode(in, &batch->arena);
    event.actor = ActorOf(context, event);
    batch->events.push_back(event);
  }
  return batch;
}

void EncodeOutcomes(const std::vector<Outcome>& in, const WireEvents& events,
                    google::protobuf::RepeatedPtrField<v1::Outcome>* out) {
  TALLY_CHECK(in.size() == static_cast<size_t>(events.size()));
  out->Reserve(events.size());
  for (int i = 0; i < events.size(); ++i) {
    wire::Encode(in[static_cast<size_t>(i)], Remembered(events[i]),
                 events[i].id(), out->Add());
  }
}

}  // namespace tally::services
