#include "services/trace_service.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/affected_queries.h"
#include "engine/ledger/lot_queries.h"
#include "engine/ledger/trace_queries.h"
#include "fmt/format.h"
#include "services/arguments.h"
#include "services/encode_views.h"
#include "services/page_token.h"
#include "services/wire/encode_outcome.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

absl::Status AnswerGetLot(const Ledger& ledger, const v1::GetLotRequest& in,
                          v1::GetLotResponse* out) {
  Arguments arguments;
  const std::string_view id = arguments.Id("lot", in.lot());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetLot(ledger, id));
  SetStanding(answer.standing, out);
  Encode(answer.lot, out->mutable_lot());
  return absl::OkStatus();
}

TraceDirection ReadDirection(v1::TraceDirection in, Arguments* arguments) {
  if (in == v1::TRACE_DIRECTION_UPSTREAM) return TraceDirection::kUpstream;
  if (in == v1::TRACE_DIRECTION_DOWNSTREAM) return TraceDirection::kDownstream;
  arguments->fields().Argument(
      "direction", std::to_string(in),
      "TRACE_DIRECTION_UPSTREAM or TRACE_DIRECTION_DOWNSTREAM");
  return TraceDirection::kUpstream;
}

int32_t ReadDepth(int32_t in, Arguments* arguments) {
  static const std::string limit = fmt::format("1 to {}", kTraceDepthMax);
  if (in == 0) return kTraceDepthMax;
  if (in < 0 || in > kTraceDepthMax) {
    arguments->fields().Argument("max_depth", std::to_string(in), limit);
  }
  return in;
}

absl::Status AnswerTraceLot(const Ledger& ledger, const v1::TraceLotRequest& in,
                            v1::TraceLotResponse* out) {
  Arguments arguments;
  const TraceQuestion question = {
      .lot = arguments.Id("lot", in.lot()),
      .direction = ReadDirection(in.direction(), &arguments),
      .max_depth = ReadDepth(in.max_depth(), &arguments),
      .page = arguments.Page(in)};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, TraceLot(ledger, question));
  SetStanding(answer.standing, out);
  EncodeAll(answer.steps, out->mutable_steps());
  EncodeAll(answer.shares, out->mutable_shares());
  out->set_share_count(answer.share_count);
  out->set_truncated(answer.truncated);
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerGetFlags(const Ledger& ledger, const v1::GetFlagsRequest& in,
                            v1::GetFlagsResponse* out) {
  Arguments arguments;
  FlagsQuestion question;
  if (in.has_lot()) question.lot = arguments.Id("lot", in.lot());
  if (in.has_block()) question.block = arguments.Id("block", in.block());
  if (in.subject_case() == v1::GetFlagsRequest::SUBJECT_NOT_SET) {
    arguments.fields().Argument("subject", "", "a lot or a block");
  }
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetFlags(ledger, question));
  SetStanding(answer.standing, out);
  for (const v1::FlagCode flag : FlagsOf(answer.flags)) out->add_flags(flag);
  out->set_held(answer.held);
  return absl::OkStatus();
}

void Encode(const AffectedThing& in, v1::AffectedThing* out) {
  out->set_kind(static_cast<v1::AffectedKind>(in.kind));
  out->set_id(in.id);
  if (in.kind == AffectedKind::kHolding) {
    wire::Encode(in.account, out->mutable_account());
  }
  out->set_site(in.site);
  out->set_party(in.party);
  out->set_product(in.product);
  out->set_quantity(in.quantity.ToString());
  out->set_concerned(in.concerned.ToString());
  out->set_unit(in.quantity.unit);
  out->set_position(in.position);
}

static_assert(static_cast<int>(AffectedKind::kRedemption) ==
              v1::AFFECTED_KIND_REDEMPTION);

absl::Status AnswerListAffected(const Ledger& ledger,
                                const v1::ListAffectedRequest& in,
                                v1::ListAffectedResponse* out) {
  Arguments arguments;
  const AffectedQuestion question = {
      .event = arguments.fields().EventId("event", in.event()),
      .page = arguments.Page(in)};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListAffected(ledger, question));
  SetStanding(answer.standing, out);
  out->set_event_position(answer.event_position);
  if (answer.voided_by) out->set_voided_by(*answer.voided_by);
  for (const AffectedThing& thing : answer.things) {
    Encode(thing, out->add_things());
  }
  out->set_truncated(answer.truncated);
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* TraceService::GetLot(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetLot);
}

grpc::ServerUnaryReactor* TraceService::TraceLot(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerTraceLot);
}

grpc::ServerUnaryReactor* TraceService::GetFlags(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetFlags);
}

grpc::ServerUnaryReactor* TraceService::ListAffected(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListAffected);
}

}  // namespace tally::services
