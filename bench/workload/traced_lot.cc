#include "bench/workload/traced_lot.h"

#include <chrono>
#include <memory>

#include "bench/client/poster.h"
#include "engine/base/status_macros.h"
#include "engine/base/uuid.h"
#include "fmt/format.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

void SetClaim(v1::Claim* claim) {
  claim->set_scheme(std::string(kScheme));
  claim->set_model(v1::MODEL_SEGREGATED);
}

absl::Status Post(v1::LedgerService::Stub* stub,
                  const v1::PostEventsRequest& request) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(60));
  v1::PostEventsResponse response;
  const grpc::Status status = stub->PostEvents(&context, request, &response);
  if (!status.ok()) return absl::UnavailableError(status.error_message());
  for (const v1::Outcome& outcome : response.outcomes()) {
    if (outcome.has_accepted()) continue;
    return absl::FailedPreconditionError(outcome.ShortDebugString());
  }
  return absl::OkStatus();
}

}  // namespace

std::string TracedLot::name() const {
  return fmt::format("traced/{}", world_->options().run);
}

std::string TracedLot::PartOf(int merge, int part) const {
  return fmt::format("{}/{}/{}", name(), merge, part);
}

v1::Event* TracedLot::Add(const std::string& name,
                          v1::PostEventsRequest* request) const {
  v1::Event* const event = request->add_events();
  event->set_id(UuidOfName("bench|" + name).ToString());
  event->mutable_occurred_at()->set_seconds(kFirstDaySeconds - kDaySeconds);
  return event;
}

void TracedLot::AddReceipt(const std::string& lot,
                           v1::PostEventsRequest* request) const {
  v1::Receive* const receive = Add(lot, request)->mutable_receive();
  receive->set_site(world_->site(0).str());
  receive->set_product(std::string(kProduct));
  receive->set_quantity("1");
  SetClaim(receive->mutable_claim());
  receive->set_supplier(fmt::format("Smallholder of {}", lot));
  receive->set_lot(lot);
}

v1::Process* TracedLot::AddMerge(const std::string& lot,
                                 const std::string& quantity,
                                 v1::PostEventsRequest* request) const {
  v1::Process* const merge = Add(lot, request)->mutable_process();
  merge->set_site(world_->site(0).str());
  merge->set_process("merge");
  v1::ProcessOutput* const output = merge->add_outputs();
  output->set_product(std::string(kProduct));
  output->set_quantity(quantity);
  SetClaim(output->mutable_claim());
  output->set_lot(lot);
  return merge;
}

absl::Status TracedLot::Make(const std::string& server) const {
  const auto stub = v1::LedgerService::NewStub(Connect(server, 1).front());
  const auto add_input = [](const std::string& lot, int quantity,
                            v1::Process* merge) {
    v1::ProcessInput* const input = merge->add_inputs();
    input->set_product(std::string(kProduct));
    input->set_quantity(fmt::format("{}", quantity));
    SetClaim(input->mutable_claim());
    input->set_lot(lot);
  };
  int all = 0;
  v1::PostEventsRequest last;
  v1::Process* const last_merge = AddMerge(name(), "", &last);
  for (int merge = 0; merge < merges_; ++merge) {
    const int lots = merge < merges_ - 1 ? kLotsOfMerge : kLotsOfLastMerge;
    v1::PostEventsRequest request;
    for (int part = 0; part < lots; ++part) {
      AddReceipt(PartOf(merge, part), &request);
    }
    const std::string merged = fmt::format("{}/{}", name(), merge);
    v1::Process* const process =
        AddMerge(merged, fmt::format("{}", lots), &request);
    for (int part = 0; part < lots; ++part) {
      add_input(PartOf(merge, part), 1, process);
    }
    RETURN_IF_ERROR(Post(stub.get(), request));
    add_input(merged, lots, last_merge);
    all += lots;
  }
  last_merge->mutable_outputs(0)->set_quantity(fmt::format("{}", all));
  return Post(stub.get(), last);
}

}  // namespace tally::bench
