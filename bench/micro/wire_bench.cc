// What a request costs before it is an engine's batch: reading its bytes into
// views, and decoding those; and what writing it costs the load generator.

#include <string>

#include "bench/workload/wire_event.h"
#include "bench/workload/workload.h"
#include "benchmark/benchmark.h"
#include "engine/base/check.h"
#include "services/wire/decode.h"
#include "services/wire/view.h"
#include "services/wire/views.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::bench {
namespace {

constexpr int kField = tallystick::v1::PostEventsRequest::kEventsFieldNumber;
constexpr int kEvents = 1'000;

WorkloadOptions Chain() {
  WorkloadOptions options;
  options.mix = *ParseMix("chain");
  return options;
}

std::string Request() {
  const World world(Chain());
  Workload workload(&world, 0);
  std::string request;
  for (int i = 0; i < kEvents; ++i) {
    AppendEvent(world, workload.Next(), kField, &request);
  }
  return request;
}

void BM_ReadViews(benchmark::State& state) {
  const std::string request = Request();
  for (auto _ : state) {
    Arena arena;
    const auto view =
        wire::ReadView<wire::view::PostEventsRequest>(request, &arena);
    TALLY_CHECK(view.has_value());
    benchmark::DoNotOptimize(view->events_size());
  }
  state.SetItemsProcessed(state.iterations() * kEvents);
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(request.size()));
}
BENCHMARK(BM_ReadViews);

void BM_DecodeEvents(benchmark::State& state) {
  const std::string request = Request();
  Arena of_views;
  const auto view =
      wire::ReadView<wire::view::PostEventsRequest>(request, &of_views);
  TALLY_CHECK(view.has_value());
  for (auto _ : state) {
    Arena arena;
    for (const wire::view::Event event : view->events()) {
      benchmark::DoNotOptimize(wire::Decode(event, &arena));
    }
  }
  state.SetItemsProcessed(state.iterations() * kEvents);
}
BENCHMARK(BM_DecodeEvents);

// For comparison: the same bytes as protobuf's own messages.
void BM_ParseMessages(benchmark::State& state) {
  const std::string request = Request();
  for (auto _ : state) {
    tallystick::v1::PostEventsRequest message;
    TALLY_CHECK(message.ParseFromString(request));
  }
  state.SetItemsProcessed(state.iterations() * kEvents);
}
BENCHMARK(BM_ParseMessages);

void BM_MakeRequest(benchmark::State& state) {
  const World world(Chain());
  Workload workload(&world, 0);
  std::string request;
  for (auto _ : state) {
    request.clear();
    for (int i = 0; i < kEvents; ++i) {
      AppendEvent(world, workload.Next(), kField, &request);
    }
  }
  state.SetItemsProcessed(state.iterations() * kEvents);
  state.counters["bytes"] =
      static_cast<double>(request.size()) / static_cast<double>(kEvents);
}
BENCHMARK(BM_MakeRequest);

}  // namespace
}  // namespace tally::bench
