#include "services/credit_service.h"

#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/credit_queries.h"
#include "engine/ledger/redemption_queries.h"
#include "services/arguments.h"
#include "services/encode_views.h"
#include "services/page_token.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

// A vintage or claim period to look for, as it was written; empty for all.
std::string_view OptionalSpan(std::string_view name, const std::string& value,
                              Arguments* arguments) {
  return value.empty() ? std::string_view()
                       : arguments->fields().Span(name, value);
}

absl::Status AnswerListHoldings(const Ledger& ledger,
                                const v1::ListHoldingsRequest& in,
                                v1::ListHoldingsResponse* out) {
  Arguments arguments;
  const HoldingListQuestion question = {
      .party = arguments.OptionalId("party", in.party()),
      .scheme = arguments.OptionalId("scheme", in.scheme()),
      .product = arguments.OptionalId("product", in.product()),
      .state = arguments.Choice<CreditState>("state", in.state()),
      .vintage = OptionalSpan("vintage", in.vintage(), &arguments),
      .as_at = arguments.OptionalDay("as_at", in.as_at()),
      .page = arguments.Page(in)};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListHoldings(ledger, question));
  SetStanding(answer.page.standing, out);
  EncodeAll(answer.page.items, out->mutable_holdings());
  if (answer.total.has_value()) {
    out->set_total_quantity(answer.total->ToString());
    out->set_unit(answer.total->unit);
  }
  out->set_next_page_token(SealPageToken(in, answer.page.next));
  return absl::OkStatus();
}

absl::Status AnswerGetBlock(const Ledger& ledger, const v1::GetBlockRequest& in,
                            v1::GetBlockResponse* out) {
  Arguments arguments;
  const std::string_view id = arguments.Id("block", in.block());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetBlock(ledger, id));
  SetStanding(answer.standing, out);
  Encode(answer.block, out->mutable_block());
  return absl::OkStatus();
}

absl::Status AnswerListBlocks(const Ledger& ledger,
                              const v1::ListBlocksRequest& in,
                              v1::ListBlocksResponse* out) {
  Arguments arguments;
  const BlockListQuestion question = {
      .issued_to = arguments.OptionalId("issued_to", in.issued_to()),
      .scheme = arguments.OptionalId("scheme", in.scheme()),
      .product = arguments.OptionalId("product", in.product()),
      .vintage = OptionalSpan("vintage", in.vintage(), &arguments),
      .site = arguments.OptionalId("site", in.site()),
      .page = arguments.Page(in)};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListBlocks(ledger, question));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_blocks());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerListCredits(const Ledger& ledger,
                               const v1::ListCreditsRequest& in,
                               v1::ListCreditsResponse* out) {
  Arguments arguments;
  const CreditListQuestion question = {
      .block = arguments.OptionalId("block", in.block()),
      .party = arguments.OptionalId("party", in.party()),
      .state = arguments.Choice<CreditState>("state", in.state()),
      .as_at = arguments.OptionalDay("as_at", in.as_at()),
      .page = arguments.Page(in)};
  if (in.block().empty() && in.party().empty()) {
    arguments.fields().Argument("party", "", "given where block is not");
  }
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListCredits(ledger, question));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_credits());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerGetRedemption(const Ledger& ledger,
                                 const v1::GetRedemptionRequest& in,
                                 v1::GetRedemptionResponse* out) {
  Arguments arguments;
  const Uuid id = arguments.fields().EventId("redemption", in.redemption());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetRedemption(ledger, id));
  SetStanding(answer.standing, out);
  Encode(answer.redemption, out->mutable_redemption());
  return absl::OkStatus();
}

absl::Status AnswerListRedemptions(const Ledger& ledger,
                                   const v1::ListRedemptionsRequest& in,
                                   v1::ListRedemptionsResponse* out) {
  Arguments arguments;
  const RedemptionListQuestion question = {
      .holder = arguments.OptionalId("holder", in.holder()),
      .scheme = arguments.OptionalId("scheme", in.scheme()),
      .product = arguments.OptionalId("product", in.product()),
      .beneficiary =
          arguments.fields().OptionalName("beneficiary", in.beneficiary()),
      .claim_period =
          OptionalSpan("claim_period", in.claim_period(), &arguments),
      .purpose = arguments.Choice<Purpose>("purpose", in.purpose()),
      .page = arguments.Page(in)};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListRedemptions(ledger, question));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_redemptions());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerGetCover(const Ledger& ledger, const v1::GetCoverRequest& in,
                            v1::GetCoverResponse* out) {
  Arguments arguments;
  const CoverQuestion question = {
      .party = arguments.Id("party", in.party()),
      .scheme = arguments.Id("scheme", in.scheme()),
      .product = arguments.Id("product", in.product()),
      .claim_period =
          arguments.fields().Span("claim_period", in.claim_period())};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetCover(ledger, question));
  SetStanding(answer.standing, out);
  v1::Cover* cover = out->mutable_cover();
  cover->set_party(in.party());
  cover->set_scheme(in.scheme());
  cover->set_product(in.product());
  cover->set_claim_period(in.claim_period());
  cover->set_claimed(answer.claimed.ToString());
  cover->set_retired(answer.retired.ToString());
  cover->set_uncovered(answer.uncovered.ToString());
  cover->set_unit(answer.claimed.unit);
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* CreditService::ListHoldings(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListHoldings);
}

grpc::ServerUnaryReactor* CreditService::GetBlock(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetBlock);
}

grpc::ServerUnaryReactor* CreditService::ListBlocks(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListBlocks);
}

grpc::ServerUnaryReactor* CreditService::ListCredits(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListCredits);
}

grpc::ServerUnaryReactor* CreditService::GetRedemption(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetRedemption);
}

grpc::ServerUnaryReactor* CreditService::ListRedemptions(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListRedemptions);
}

grpc::ServerUnaryReactor* CreditService::GetCover(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetCover);
}

}  // namespace tally::services
