#include "services/balance_service.h"

#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/balance_queries.h"
#include "engine/ledger/percentage_queries.h"
#include "engine/ledger/period_queries.h"
#include "engine/ledger/shipment_queries.h"
#include "engine/ledger/statement_queries.h"
#include "services/arguments.h"
#include "services/encode_views.h"
#include "services/errors.h"
#include "services/page_token.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

// The account that a request names.
template <typename Request>
BalanceQuestion ReadAccount(const Request& in, Arguments* arguments) {
  return {.site = arguments->Id("site", in.site()),
          .product = arguments->Id("product", in.product()),
          .scheme = arguments->OptionalId("scheme", in.scheme()),
          .model = arguments->ModelOf(in.scheme(), in.model()),
          .lot = arguments->OptionalId("lot", in.lot()),
          .as_known_at = arguments->OptionalPosition(
              "as_known_at", in.has_as_known_at(), in.as_known_at())};
}

absl::Status AnswerGetBalance(const Ledger& ledger,
                              const v1::GetBalanceRequest& in,
                              v1::GetBalanceResponse* out) {
  Arguments arguments;
  BalanceQuestion question = ReadAccount(in, &arguments);
  question.as_at = arguments.OptionalDay("as_at", in.as_at());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetBalance(ledger, question));
  SetStanding(answer.standing, out);
  Encode(answer.balance, out->mutable_balance());
  return absl::OkStatus();
}

absl::Status AnswerListBalances(const Ledger& ledger,
                                const v1::ListBalancesRequest& in,
                                v1::ListBalancesResponse* out) {
  Arguments arguments;
  const BalanceListQuestion question = {
      .party = arguments.OptionalId("party", in.party()),
      .site = arguments.OptionalId("site", in.site()),
      .product = arguments.OptionalId("product", in.product()),
      .scheme = arguments.OptionalId("scheme", in.scheme()),
      .model = arguments.OptionalModel(in.model()),
      .lot = arguments.OptionalId("lot", in.lot()),
      .as_at = arguments.OptionalDay("as_at", in.as_at()),
      .as_known_at = arguments.OptionalPosition(
          "as_known_at", in.has_as_known_at(), in.as_known_at()),
      .by_lot = in.by_lot(),
      .page = arguments.Page(in)};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListBalances(ledger, question));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_balances());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerListEntries(const Ledger& ledger,
                               const v1::ListEntriesRequest& in,
                               v1::ListEntriesResponse* out) {
  Arguments arguments;
  const StatementQuestion question = {
      .account = ReadAccount(in, &arguments),
      .from = arguments.OptionalDay("from", in.from()),
      .to = arguments.OptionalDay("to", in.to()),
      .page = arguments.Page(in)};
  arguments.NotBefore("to", question.from, question.to);
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetStatement(ledger, question));
  SetStanding(answer.page.standing, out);
  Encode(answer.opening, out->mutable_opening());
  EncodeAll(answer.page.items, out->mutable_entries());
  Encode(answer.closing, out->mutable_closing());
  out->set_next_page_token(SealPageToken(in, answer.page.next));
  return absl::OkStatus();
}

absl::Status AnswerGetShipment(const Ledger& ledger,
                               const v1::GetShipmentRequest& in,
                               v1::GetShipmentResponse* out) {
  Arguments arguments;
  const std::string_view id = arguments.Id("shipment", in.shipment());
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetShipment(ledger, id));
  SetStanding(answer.standing, out);
  Encode(answer.shipment, out->mutable_shipment());
  return absl::OkStatus();
}

static_assert(static_cast<int>(ShipmentSide::kSent) ==
              v1::SHIPMENT_DIRECTION_SENT);
static_assert(static_cast<int>(ShipmentSide::kReceived) ==
              v1::SHIPMENT_DIRECTION_RECEIVED);

absl::Status AnswerListShipments(const Ledger& ledger,
                                 const v1::ListShipmentsRequest& in,
                                 v1::ListShipmentsResponse* out) {
  Arguments arguments;
  const ShipmentListQuestion question = {
      .party = arguments.OptionalId("party", in.party()),
      .site = arguments.OptionalId("site", in.site()),
      .side = arguments.Choice<ShipmentSide>("direction", in.direction()),
      .state = arguments.Choice<ShipmentState>("state", in.state()),
      .shipped_from = arguments.OptionalDay("shipped_from", in.shipped_from()),
      .shipped_to = arguments.OptionalDay("shipped_to", in.shipped_to()),
      .page = arguments.Page(in)};
  if (in.party().empty() && in.site().empty()) {
    arguments.fields().Argument("party", "", "given where site is not");
  }
  arguments.NotBefore("shipped_to", question.shipped_from, question.shipped_to);
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListShipments(ledger, question));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_shipments());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerGetPeriod(const Ledger& ledger,
                             const v1::GetPeriodRequest& in,
                             v1::GetPeriodResponse* out) {
  Arguments arguments;
  const PeriodQuestion question = {
      .site = arguments.Id("site", in.site()),
      .product = arguments.Id("product", in.product()),
      .scheme = arguments.Id("scheme", in.scheme()),
      .from = arguments.fields().Day("from", in.from())};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetPeriod(ledger, question));
  SetStanding(answer.standing, out);
  Encode(answer.period, out->mutable_period());
  return absl::OkStatus();
}

absl::Status AnswerListPeriods(const Ledger& ledger,
                               const v1::ListPeriodsRequest& in,
                               v1::ListPeriodsResponse* out) {
  Arguments arguments;
  const PeriodListQuestion question = {
      .site = arguments.Id("site", in.site()),
      .product = arguments.OptionalId("product", in.product()),
      .scheme = arguments.OptionalId("scheme", in.scheme()),
      .state = arguments.Choice<PeriodState>("state", in.state()),
      .page = arguments.Page(in)};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, ListPeriods(ledger, question));
  SetStanding(answer.standing, out);
  EncodeAll(answer.items, out->mutable_periods());
  out->set_next_page_token(SealPageToken(in, answer.next));
  return absl::OkStatus();
}

absl::Status AnswerGetPercentage(const Ledger& ledger,
                                 const v1::GetPercentageRequest& in,
                                 v1::GetPercentageResponse* out) {
  Arguments arguments;
  const PercentageQuestion question = {
      .site = arguments.Id("site", in.site()),
      .product = arguments.Id("product", in.product()),
      .scheme = arguments.Id("scheme", in.scheme()),
      .as_at = arguments.OptionalDay("as_at", in.as_at())};
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const auto answer, GetPercentage(ledger, question));
  SetStanding(answer.standing, out);
  Encode(answer.percentage, out->mutable_percentage());
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* BalanceService::GetBalance(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetBalance);
}

grpc::ServerUnaryReactor* BalanceService::ListBalances(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListBalances);
}

grpc::ServerUnaryReactor* BalanceService::ListEntries(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListEntries);
}

grpc::ServerUnaryReactor* BalanceService::GetShipment(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetShipment);
}

grpc::ServerUnaryReactor* BalanceService::ListShipments(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListShipments);
}

grpc::ServerUnaryReactor* BalanceService::GetPeriod(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetPeriod);
}

grpc::ServerUnaryReactor* BalanceService::ListPeriods(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListPeriods);
}

grpc::ServerUnaryReactor* BalanceService::GetPercentage(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetPercentage);
}

}  // namespace tally::services
