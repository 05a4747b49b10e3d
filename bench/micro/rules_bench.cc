// What deciding one event costs, by its kind: plan it and check it against the
// rules, without applying it; and with applying it, as the decider does.

#include <vector>

#include "bench/micro/bench_world.h"
#include "benchmark/benchmark.h"
#include "engine/rules/decide.h"

namespace tally::bench {
namespace {

constexpr int kEvents = 1'000;

WorkloadOptions Only(Kind kind, Custody model) {
  WorkloadOptions options{.accounts = 1'000};
  options.mix = {};
  options.mix.of[static_cast<size_t>(kind)] = 1;
  options.models = {};
  options.models.of[static_cast<size_t>(model)] = 1;
  return options;
}

// None of them is applied, so each is decided on the same state.
void DecideOnly(benchmark::State& state, Kind kind, Custody model) {
  BenchWorld world(Only(kind, model));
  std::vector<const Event*> events;
  while (std::ssize(events) < kEvents) events.push_back(&world.NextEvent());
  size_t next = 0;
  Plan plan;
  for (auto _ : state) {
    plan = Plan();
    world.Plan(*events[next], &plan);
    next = (next + 1) % events.size();
  }
  state.SetItemsProcessed(state.iterations());
}

void BM_DecideReceive(benchmark::State& state) {
  DecideOnly(state, Kind::kReceive, Custody::kMassBalance);
}
BENCHMARK(BM_DecideReceive);

void BM_DecideReceiveLot(benchmark::State& state) {
  DecideOnly(state, Kind::kReceive, Custody::kIdentityPreserved);
}
BENCHMARK(BM_DecideReceiveLot);

void BM_DecideShip(benchmark::State& state) {
  DecideOnly(state, Kind::kShip, Custody::kMassBalance);
}
BENCHMARK(BM_DecideShip);

void BM_DecideProcess(benchmark::State& state) {
  DecideOnly(state, Kind::kProcess, Custody::kSegregated);
}
BENCHMARK(BM_DecideProcess);

void BM_DecideDowngrade(benchmark::State& state) {
  DecideOnly(state, Kind::kDowngrade, Custody::kSegregated);
}
BENCHMARK(BM_DecideDowngrade);

void BM_DecideRedeem(benchmark::State& state) {
  DecideOnly(state, Kind::kRedeem, Custody::kMassBalance);
}
BENCHMARK(BM_DecideRedeem);

// A chain's mix of kinds, each event on what those before it left.
void BM_DecideAndApply(benchmark::State& state) {
  WorkloadOptions options{.accounts = state.range(0)};
  options.mix = *ParseMix("chain");
  options.models =
      *ParseModels("mass_balance=6,segregated=3,identity_preserved=1");
  BenchWorld world(options);
  std::vector<const Event*> events;
  size_t next = 0;
  for (auto _ : state) {
    if (next == events.size()) {
      state.PauseTiming();
      events.clear();
      while (std::ssize(events) < kEvents) events.push_back(&world.NextEvent());
      next = 0;
      state.ResumeTiming();
    }
    world.Post(*events[next++]);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_DecideAndApply)->Arg(1'000)->Arg(100'000);

}  // namespace
}  // namespace tally::bench
