#include "services/trace_service.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/lot_queries.h"
#include "engine/ledger/trace_queries.h"
#include "fmt/format.h"
#include "services/arguments.h"
#include "services/encode_views.h"
#include "services/page_token.h"

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

}  // namespace tally::services
