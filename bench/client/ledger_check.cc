#include "bench/client/ledger_check.h"

#include <algorithm>
#include <chrono>

#include "bench/client/answer.h"
#include "bench/client/stream_poster.h"
#include "bench/workload/wire_writer.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "tallystick/v1/balance_service.grpc.pb.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

constexpr int64_t kSetupBatch = 4'000;

void SetDeadline(grpc::ClientContext* context) {
  context->set_deadline(std::chrono::system_clock::now() +
                        std::chrono::seconds(60));
}

absl::Status ToStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
}

v1::Model ModelOf(Custody model) {
  switch (model) {
    case Custody::kMassBalance:
      return v1::MODEL_MASS_BALANCE;
    case Custody::kSegregated:
      return v1::MODEL_SEGREGATED;
    case Custody::kIdentityPreserved:
      return v1::MODEL_IDENTITY_PRESERVED;
  }
  return v1::MODEL_UNSPECIFIED;
}

// "12.3" of three decimals as 12300.
int64_t ParseThousandths(const std::string& text) {
  const size_t point = std::min(text.find('.'), text.size());
  std::string digits = text.substr(0, point);
  std::string decimals =
      point < text.size() ? text.substr(point + 1) : std::string();
  decimals.resize(3, '0');
  return std::stoll(digits + decimals);
}

}  // namespace

LedgerCheck::LedgerCheck(const World* world, const std::string& server)
    : world_(world), server_(server), channel_(Connect(server, 1).front()) {}

absl::Status LedgerCheck::Prepare() {
  const Setup setup(world_);
  StreamPoster poster(server_, 1, 1);
  std::string request;
  for (int64_t next = 0; next < setup.size();) {
    const int64_t end = std::min(setup.size(), next + kSetupBatch);
    request.clear();
    poster.Begin(0, &request);
    for (int64_t i = next; i < end; ++i) {
      WireWriter(&request).Text(poster.events_field(), setup.Event(i));
    }
    poster.Start(0, request);
    const Answer answer = poster.Wait();
    if (!answer.error.empty()) return absl::UnavailableError(answer.error);
    const auto counts = CountOutcomes(answer.bytes, poster.outcomes_field());
    if (!counts.has_value() || counts->all() != end - next ||
        counts->refused > 0) {
      v1::StreamEventsResponse response;
      std::string refusal;
      if (response.ParseFromString(answer.bytes)) {
        for (const v1::Outcome& outcome : response.outcomes()) {
          if (outcome.has_refusal()) refusal = outcome.ShortDebugString();
        }
      }
      return absl::FailedPreconditionError("the world was not accepted: " +
                                           refusal);
    }
    next = end;
  }
  return absl::OkStatus();
}

absl::StatusOr<int64_t> LedgerCheck::TreeSize() {
  const auto stub = v1::LedgerService::NewStub(channel_);
  grpc::ClientContext context;
  SetDeadline(&context);
  v1::ListEventsRequest request;
  request.set_page_size(1);
  v1::ListEventsResponse response;
  RETURN_IF_ERROR(ToStatus(stub->ListEvents(&context, request, &response)));
  return response.tree_size();
}

absl::StatusOr<Workload::Watched> LedgerCheck::ReadWatched() {
  const auto stub = v1::BalanceService::NewStub(channel_);
  Workload::Watched held{};
  for (int64_t i = 0; i < world_->watched_count(); ++i) {
    for (size_t model = 0; model < kCustodyCount; ++model) {
      const auto custody = static_cast<Custody>(model);
      if (!world_->options().models.Has(custody)) continue;
      grpc::ClientContext context;
      SetDeadline(&context);
      v1::GetBalanceRequest request;
      request.set_site(world_->site(i * world_->watch_every()).str());
      request.set_product(std::string(kProduct));
      request.set_scheme(std::string(kScheme));
      request.set_model(ModelOf(custody));
      v1::GetBalanceResponse response;
      RETURN_IF_ERROR(ToStatus(stub->GetBalance(&context, request, &response)));
      held[static_cast<size_t>(i)][model] =
          ParseThousandths(response.balance().quantity());
    }
  }
  return held;
}

}  // namespace tally::bench
