#include "services/ledger_service.h"

#include <charconv>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/event_queries.h"
#include "fmt/format.h"
#include "services/arguments.h"
#include "services/encode_views.h"
#include "services/errors.h"
#include "services/event_page.h"
#include "services/event_watch.h"
#include "services/page_token.h"
#include "services/post_batch.h"
#include "services/system_clock.h"
#include "services/wire/times.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

// When the events of a request are recorded: what it says, where it may.
absl::StatusOr<std::optional<Instant>> RecordedAt(
    wire::view::PostEventsRequest in, const LedgerAccess& access) {
  if (!in.has_recorded_at()) return access.recorded_at;
  if (!access.may_set_recorded_at) {
    return BadField("recorded_at", "given",
                    "left out: the server was not started for tests");
  }
  const wire::view::Timestamp time = in.recorded_at();
  const std::optional<Instant> instant =
      wire::ReadTime(time.seconds(), time.nanos());
  if (instant.has_value()) return instant;
  return BadField(
      "recorded_at",
      fmt::format("seconds: {} nanos: {}", time.seconds(), time.nanos()),
      std::string(wire::kTimeLimit));
}

// The client's deadline by the ledger's clock, which a server for tests does
// not share with the client.
std::optional<Instant> DeadlineOf(const grpc::ServerContextBase& context,
                                  const LedgerAccess& access) {
  const auto deadline = context.deadline();
  if (access.may_set_recorded_at ||
      deadline == std::chrono::system_clock::time_point::max()) {
    return std::nullopt;
  }
  return ToInstant(deadline);
}

std::vector<int> ReadKinds(const google::protobuf::RepeatedField<int>& in,
                           Arguments* arguments) {
  std::vector<int> kinds;
  for (int i = 0; i < in.size(); ++i) {
    const std::string name = fmt::format("kinds[{}]", i);
    const auto kind = static_cast<v1::EventKind>(in.Get(i));
    kinds.push_back(arguments->Choice<int>(name, kind));
    if (kind == v1::EVENT_KIND_UNSPECIFIED) {
      arguments->fields().Argument(name, "EVENT_KIND_UNSPECIFIED",
                                   "a kind of event");
    }
  }
  return kinds;
}

absl::Status AnswerGetEvent(const Ledger& ledger, const v1::GetEventRequest& in,
                            v1::GetEventResponse* out) {
  Arguments arguments;
  Uuid id;
  Position position = 0;
  switch (in.key_case()) {
    case v1::GetEventRequest::kId:
      id = arguments.fields().EventId("id", in.id());
      break;
    case v1::GetEventRequest::kPosition:
      position = arguments.OptionalPosition("position", true, in.position())
                     .value_or(0);
      break;
    case v1::GetEventRequest::KEY_NOT_SET:
      arguments.fields().Argument("key", "", "an id or a position");
      break;
  }
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const EventAnswer answer,
                   in.has_id() ? tally::GetEvent(ledger, id)
                               : tally::GetEventAt(ledger, position));
  SetStanding(answer.standing, out);
  Encode(answer.event, out->mutable_event());
  return absl::OkStatus();
}

absl::Status AnswerListEvents(const Ledger& ledger,
                              const v1::ListEventsRequest& in,
                              v1::ListEventsResponse* out) {
  Arguments arguments;
  const PageQuestion page = arguments.Page(in);
  EventListQuestion question = {
      .from =
          arguments.OptionalPosition("from_position", true, in.from_position())
              .value_or(0),
      .to = arguments.OptionalPosition("to_position", in.has_to_position(),
                                       in.to_position()),
      .kinds = ReadKinds(in.kinds(), &arguments),
      .party = arguments.OptionalId("party", in.party()),
      .site = arguments.OptionalId("site", in.site()),
      .product = arguments.OptionalId("product", in.product()),
      .occurred_from =
          arguments.OptionalDay("occurred_from", in.occurred_from()),
      .occurred_to = arguments.OptionalDay("occurred_to", in.occurred_to()),
      .size = page.size};
  arguments.NotBefore("occurred_to", question.occurred_from,
                      question.occurred_to);
  RETURN_IF_ERROR(arguments.status());
  // A token that was sealed here holds a position.
  std::from_chars(page.after.data(), page.after.data() + page.after.size(),
                  question.from);
  ASSIGN_OR_RETURN(const EventListAnswer answer,
                   tally::ListEvents(ledger, question));
  SetStanding(answer.standing, out);
  const Position next = EncodePage(answer, out->mutable_events());
  if (!answer.at_end || next < answer.next) {
    out->set_next_page_token(SealPageToken(in, std::to_string(next)));
  }
  return absl::OkStatus();
}

absl::StatusOr<WatchQuestion> ReadWatch(const v1::WatchEventsRequest& in,
                                        const Ledger& ledger) {
  Arguments arguments;
  const Position newest = ledger.standing().as_of;
  WatchQuestion question = {
      .from = arguments
                  .OptionalPosition("from_position", in.has_from_position(),
                                    in.from_position())
                  .value_or(newest + 1),
      .kinds = ReadKinds(in.kinds(), &arguments),
      .party = std::string(arguments.OptionalId("party", in.party())),
      .site = std::string(arguments.OptionalId("site", in.site()))};
  const std::string limit = fmt::format("0 to {}", newest + 1);
  if (question.from > newest + 1) {
    arguments.fields().Argument("from_position", std::to_string(question.from),
                                limit);
  }
  RETURN_IF_ERROR(arguments.status());
  return question;
}

// Ends a watch that never began.
class FailedWatch final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit FailedWatch(const absl::Status& status) { Finish(ToGrpc(status)); }
  void OnDone() override { delete this; }
};

class FailedStream final
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit FailedStream(const absl::Status& status) { Finish(ToGrpc(status)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerUnaryReactor* LedgerService::PostEvents(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const absl::Status submitted = Post(context, *in, out, reactor);
  if (!submitted.ok()) rooms_.gate->Refuse(submitted, reactor);
  return reactor;
}

absl::Status LedgerService::Post(grpc::CallbackServerContext* context,
                                 const grpc::ByteBuffer& in,
                                 grpc::ByteBuffer* out,
                                 grpc::ServerUnaryReactor* reactor) {
  ASSIGN_OR_RETURN(
      Caller caller,
      rooms_.gate->Admit(*context, *v1::PostEventsRequest::descriptor()));
  ASSIGN_OR_RETURN(LedgerAccess access, rooms_.ledgers->For(*context));
  using Request = Received<wire::view::PostEventsRequest>;
  ASSIGN_OR_RETURN(const std::shared_ptr<const Request> request,
                   Request::Read(in, options_.limits));
  const wire::view::PostEventsRequest& asked = **request;
  const auto* const descriptor = v1::PostEventsRequest::descriptor();
  RETURN_IF_ERROR(
      rooms_.gate->MayPost(caller, *descriptor, asked.events_size()));
  ASSIGN_OR_RETURN(std::unique_ptr<Batch> batch,
                   ToBatch(asked.events(), asked.mode(), asked.view(), caller,
                           options_.limits));
  batch->request = request;
  batch->validate_only = asked.validate_only();
  ASSIGN_OR_RETURN(batch->recorded_at, RecordedAt(asked, access));
  batch->deadline = DeadlineOf(*context, access);
  return access.ledger->Submit(
      std::move(batch),
      [gate = rooms_.gate, ledger = access.ledger, caller = std::move(caller),
       descriptor, request, out, reactor](BatchResult result) {
        if (result.status.ok()) {
          gate->HearOutcomes(*ledger, caller, &result.outcomes);
          gate->NotePosted(caller, *descriptor, (*request)->events(),
                           result.outcomes);
          v1::PostEventsResponse response;
          SetStanding(result.standing, &response);
          std::string bytes = response.SerializeAsString();
          AppendOutcomes(v1::PostEventsResponse::kOutcomesFieldNumber,
                         result.outcomes, (*request)->events(), &bytes);
          WriteBytes(bytes, out);
        }
        reactor->Finish(ToGrpc(result.status));
      });
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
LedgerService::StreamEvents(grpc::CallbackServerContext* context) {
  absl::StatusOr<Caller> caller =
      rooms_.gate->Admit(*context, *v1::StreamEventsRequest::descriptor());
  if (!caller.ok()) return new FailedStream(caller.status());
  absl::StatusOr<LedgerAccess> access = rooms_.ledgers->For(*context);
  if (!access.ok()) return new FailedStream(access.status());
  return EventStream::Start(*std::move(caller), *std::move(access), options_,
                            rooms_.gate, rooms_.calls);
}

grpc::ServerUnaryReactor* LedgerService::GetEvent(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return rooms_.reads->Answer(context, in, out, AnswerGetEvent);
}

grpc::ServerUnaryReactor* LedgerService::ListEvents(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return rooms_.reads->Answer(context, in, out, AnswerListEvents);
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* LedgerService::WatchEvents(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in) {
  auto watch = Watch(context, *in);
  if (!watch.ok()) return new FailedWatch(watch.status());
  return *watch;
}

absl::StatusOr<grpc::ServerWriteReactor<grpc::ByteBuffer>*>
LedgerService::Watch(grpc::CallbackServerContext* context,
                     const grpc::ByteBuffer& in) {
  ASSIGN_OR_RETURN(
      Caller caller,
      rooms_.gate->Admit(*context, *v1::WatchEventsRequest::descriptor()));
  ASSIGN_OR_RETURN(LedgerAccess access, rooms_.ledgers->For(*context));
  v1::WatchEventsRequest request;
  RETURN_IF_ERROR(ReadMessage(in, options_.limits, &request));
  RETURN_IF_ERROR(rooms_.gate->MayAsk(*access.ledger, caller, &request));
  ASSIGN_OR_RETURN(WatchQuestion question, ReadWatch(request, *access.ledger));
  question.caller = std::move(caller);
  question.gate = rooms_.gate;
  return EventWatch::Start(std::move(access), std::move(question),
                           rooms_.workers, rooms_.calls);
}

}  // namespace tally::services
