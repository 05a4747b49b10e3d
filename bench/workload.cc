#include "bench/workload.h"

#include <cstring>

#include "engine/base/uuid.h"
#include "fmt/format.h"

namespace tally {
namespace {

namespace v1 = tallystick::v1;

constexpr int64_t kSetupSeconds = 1'704'067'200;  // 2024-01-01
constexpr int64_t kDaySeconds = 86'400;
constexpr int kDays = 300;

constexpr char kProfile[] = R"({
  "scheme": "bench", "models": {"MASS_BALANCE": {}},
  "certificate": {"required": false}})";

std::string SiteName(const WorkloadOptions& options, int account) {
  return fmt::format("{}-site-{:07}", options.run, account);
}

// Runs and clients draw ids of their own, also on one ledger.
uint64_t SeedOf(const WorkloadOptions& options, int client) {
  const Uuid name =
      UuidOfName(fmt::format("{}|{}|{}", options.run, options.seed, client));
  uint64_t seed = 0;
  std::memcpy(&seed, name.bytes.data(), sizeof seed);
  return seed;
}

// The first receipt is large enough for every sale that follows.
v1::Receive Receipt(std::string site, std::string quantity) {
  v1::Receive receive;
  receive.set_site(std::move(site));
  receive.set_product("oil");
  receive.set_quantity(std::move(quantity));
  receive.mutable_claim()->set_scheme("bench");
  receive.mutable_claim()->set_model(v1::MODEL_MASS_BALANCE);
  receive.set_supplier("supplier-of-the-benchmark");
  return receive;
}

}  // namespace

bool Setup::Next(int batch_size, v1::PostEventsRequest* request) {
  request->Clear();
  const int steps = 3 + 2 * options_.accounts;
  for (int i = 0; i < batch_size && step_ < steps; ++i) {
    Add(step_++, request->add_events());
  }
  return request->events_size() > 0;
}

// The scheme and the product are the same for every run: on a ledger that
// knows them they are repeats, or refused as existing, which does no harm.
void Setup::Add(int step, v1::Event* event) const {
  const bool shared = step < 2;
  event->set_id(UuidOfName(fmt::format("bench|{}|setup|{}",
                                       shared ? "" : options_.run, step))
                    .ToString());
  event->mutable_occurred_at()->set_seconds(kSetupSeconds);
  if (step == 0) {
    event->mutable_define_scheme()->set_profile(kProfile);
  } else if (step == 1) {
    event->mutable_define_product()->set_product("oil");
    event->mutable_define_product()->set_unit("TNE");
    event->mutable_define_product()->set_decimals(3);
  } else if (step == 2) {
    event->mutable_register_party()->set_party(options_.run);
    event->mutable_register_party()->add_roles(v1::PARTY_ROLE_OPERATOR);
  } else if (step < 3 + options_.accounts) {
    event->mutable_register_site()->set_site(SiteName(options_, step - 3));
    event->mutable_register_site()->set_party(options_.run);
  } else {
    *event->mutable_receive() = Receipt(
        SiteName(options_, step - 3 - options_.accounts), "1000000000.000");
  }
}

Workload::Workload(const WorkloadOptions& options, int client)
    : options_(options), client_(client), random_(SeedOf(options, client)) {}

void Workload::Fill(int batch_size, v1::PostEventsRequest* request) {
  request->Clear();
  for (int i = 0; i < batch_size; ++i) Add(request->add_events());
}

// Half receipts, half sales, on accounts drawn evenly; dates move forward.
void Workload::Add(v1::Event* event) {
  const int64_t number = number_++;
  Uuid id;
  for (size_t i = 0; i < id.bytes.size(); ++i) {
    id.bytes[i] = static_cast<uint8_t>(random_() >> 32);
  }
  event->set_id(id.ToString());
  event->mutable_occurred_at()->set_seconds(
      kSetupSeconds + (number / 10'000 % kDays + 1) * kDaySeconds);
  event->set_document(fmt::format("DN-{}-{}", client_, number));
  const auto account =
      static_cast<int>(random_() % static_cast<uint64_t>(options_.accounts));
  const std::string quantity =
      fmt::format("{}.{:03}", random_() % 50 + 1, random_() % 1'000);
  if (number % 2 == 0) {
    *event->mutable_receive() = Receipt(SiteName(options_, account), quantity);
    return;
  }
  v1::Ship* ship = event->mutable_ship();
  ship->set_shipment(fmt::format("{}-{}-{}", options_.run, client_, number));
  ship->set_from_site(SiteName(options_, account));
  ship->set_to_external("a-buyer-elsewhere");
  v1::ShipLine* line = ship->add_lines();
  line->set_product("oil");
  line->set_quantity(quantity);
  line->mutable_claim()->set_scheme("bench");
  line->mutable_claim()->set_model(v1::MODEL_MASS_BALANCE);
}

}  // namespace tally
