#include "tools/tally/answers.h"

#include <memory>
#include <string_view>

#include "engine/base/check.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "services/authoring/enum_name.h"
#include "services/authoring/write.h"
#include "tallystick/v1/balance_service.pb.h"
#include "tallystick/v1/credit_service.pb.h"
#include "tallystick/v1/registry_service.pb.h"
#include "tallystick/v1/trace_service.pb.h"

namespace tally::cli {
namespace {

using google::protobuf::Message;
using nlohmann::json;
namespace v1 = tallystick::v1;

// A scenario's trace has at most this many pages of 1,000 lots.
constexpr int kTracePagesMax = 100;
constexpr int kTracePageSize = 1'000;

// Reads `query` into `request` and calls. False where `answer` has an error.
bool AskOne(const Connection& connection, std::string_view method,
            const json& query, Message* request, Message* response,
            Answer* answer) {
  answer->problems = authoring::Read(query, request);
  if (!answer->problems.empty()) return false;
  answer->status = connection.Call(method, *request, response);
  return answer->status.ok();
}

Answer AskBalance(const Connection& connection, const json& query) {
  Answer answer;
  v1::GetBalanceRequest request;
  v1::GetBalanceResponse response;
  if (AskOne(connection, "BalanceService/GetBalance", query, &request,
             &response, &answer)) {
    answer.value = response.balance().quantity();
  }
  return answer;
}

Answer AskPercentage(const Connection& connection, const json& query) {
  Answer answer;
  v1::GetPercentageRequest request;
  v1::GetPercentageResponse response;
  if (AskOne(connection, "BalanceService/GetPercentage", query, &request,
             &response, &answer)) {
    answer.value = response.percentage().percentage();
  }
  return answer;
}

Answer AskShipment(const Connection& connection, const json& id) {
  Answer answer;
  v1::GetShipmentRequest request;
  v1::GetShipmentResponse response;
  if (AskOne(connection, "BalanceService/GetShipment", {{"shipment", id}},
             &request, &response, &answer)) {
    answer.value = authoring::EnumName(*v1::ShipmentState_descriptor(),
                                       response.shipment().state());
  }
  return answer;
}

Answer AskLot(const Connection& connection, const json& id) {
  Answer answer;
  v1::GetLotRequest request;
  v1::GetLotResponse response;
  if (AskOne(connection, "TraceService/GetLot", {{"lot", id}}, &request,
             &response, &answer)) {
    answer.value = authoring::Write(response.lot());
  }
  return answer;
}

Answer AskCredits(const Connection& connection, const json& query) {
  Answer answer;
  v1::ListHoldingsRequest request;
  v1::ListHoldingsResponse response;
  if (AskOne(connection, "CreditService/ListHoldings", query, &request,
             &response, &answer)) {
    answer.value = response.total_quantity();
  }
  return answer;
}

Answer AskCertificate(const Connection& connection, const json& id) {
  Answer answer;
  v1::GetCertificateRequest request;
  v1::GetCertificateResponse response;
  if (!AskOne(connection, "RegistryService/GetCertificate",
              {{"certificate", id}}, &request, &response, &answer)) {
    return answer;
  }
  const v1::Certificate& certificate = response.certificate();
  json remaining = json::object();
  for (const v1::CertificateVolume& volume : certificate.volumes()) {
    remaining[volume.product()] = volume.remaining();
  }
  answer.value = {
      {"status", authoring::EnumName(*v1::CertificateStatus_descriptor(),
                                     certificate.status())},
      {"remaining", std::move(remaining)}};
  return answer;
}

Answer AskPeriod(const Connection& connection, const json& query) {
  Answer answer;
  v1::GetPeriodRequest request;
  v1::GetPeriodResponse response;
  if (AskOne(connection, "BalanceService/GetPeriod", query, &request, &response,
             &answer)) {
    answer.value = authoring::Write(response.period());
  }
  return answer;
}

Answer AskTrace(const Connection& connection, const json& query) {
  Answer answer;
  v1::TraceLotRequest request;
  request.set_page_size(kTracePageSize);
  json sources = json::object();
  json lots = json::array();
  for (int page = 0; page < kTracePagesMax; ++page) {
    v1::TraceLotResponse response;
    const json& read = page == 0 ? query : json::object();
    if (!AskOne(connection, "TraceService/TraceLot", read, &request, &response,
                &answer)) {
      return answer;
    }
    for (const v1::TraceShare& share : response.shares()) {
      sources[share.name()] = share.quantity();
    }
    for (const v1::TraceStep& step : response.steps()) {
      if (step.depth() > 0) lots.push_back(step.lot().lot());
    }
    request.set_page_token(response.next_page_token());
    if (response.next_page_token().empty()) break;
  }
  answer.value = {{"sources", std::move(sources)}, {"lots", std::move(lots)}};
  return answer;
}

Answer AskFlags(const Connection& connection, const json& query) {
  Answer answer;
  v1::GetFlagsRequest request;
  v1::GetFlagsResponse response;
  if (!AskOne(connection, "TraceService/GetFlags", query, &request, &response,
              &answer)) {
    return answer;
  }
  answer.value = json::array();
  for (const int flag : response.flags()) {
    answer.value.push_back(
        authoring::EnumName(*v1::FlagCode_descriptor(), flag));
  }
  return answer;
}

Answer AskCover(const Connection& connection, const json& query) {
  Answer answer;
  v1::GetCoverRequest request;
  v1::GetCoverResponse response;
  if (AskOne(connection, "CreditService/GetCover", query, &request, &response,
             &answer)) {
    answer.value = authoring::Write(response.cover());
  }
  return answer;
}

}  // namespace

Answer Ask(const Connection& connection, StepKind kind, const json& subject) {
  switch (kind) {
    case StepKind::kBalance:
      return AskBalance(connection, subject);
    case StepKind::kPercentage:
      return AskPercentage(connection, subject);
    case StepKind::kShipment:
      return AskShipment(connection, subject);
    case StepKind::kLot:
      return AskLot(connection, subject);
    case StepKind::kCredits:
      return AskCredits(connection, subject);
    case StepKind::kCertificate:
      return AskCertificate(connection, subject);
    case StepKind::kPeriod:
      return AskPeriod(connection, subject);
    case StepKind::kTrace:
      return AskTrace(connection, subject);
    case StepKind::kFlags:
      return AskFlags(connection, subject);
    case StepKind::kCover:
      return AskCover(connection, subject);
    case StepKind::kPost:
    case StepKind::kPostAtomic:
    case StepKind::kPostConcurrent:
      break;
  }
  TALLY_CHECK(false);  // a step that posts asks nothing
  return {};
}

}  // namespace tally::cli
