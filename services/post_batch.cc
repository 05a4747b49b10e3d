#include "services/post_batch.h"

#include <string>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
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

}  // namespace

absl::StatusOr<std::unique_ptr<Batch>> ToBatch(WireEvents events,
                                               v1::PostMode mode,
                                               v1::OutcomeView view,
                                               const Caller& caller,
                                               const RequestLimits& limits) {
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
  const Poster poster = {.principal = batch->arena.Copy(caller.principal),
                         .administrator = caller.administrator};
  for (const wire::view::Event in : events) {
    Event event = wire::Decode(in, &batch->arena);
    event.poster = poster;
    batch->events.push_back(event);
  }
  return batch;
}

void AppendOutcomes(int field, const std::vector<Outcome>& in,
                    WireEvents events, std::string* out) {
  // Most are accepted and have little to say.
  constexpr size_t kUsualOutcomeBytes = 72;
  TALLY_CHECK(in.size() == static_cast<size_t>(events.size()));
  out->reserve(out->size() + in.size() * kUsualOutcomeBytes);
  for (int i = 0; i < events.size(); ++i) {
    wire::AppendOutcome(field, in[static_cast<size_t>(i)], events[i], out);
  }
}

}  // namespace tally::services
