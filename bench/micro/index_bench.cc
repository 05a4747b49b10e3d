// What the derived tables cost behind the log: to write them, to ask for ids
// that are not there, and to ask for balances and statements.

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "benchmark/benchmark.h"
#include "engine/base/check.h"
#include "engine/index/index.h"

namespace tally {
namespace {

constexpr int64_t kBatch = 8'000;

// Ids as random as clients make them, and the same in every run.
Uuid IdOf(int64_t number) {
  Uuid id;
  uint64_t state = static_cast<uint64_t>(number) * 2;
  for (size_t half = 0; half < 2; ++half) {
    // SplitMix64.
    uint64_t z = (state + half + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    for (size_t i = 0; i < 8; ++i) {
      id.bytes[8 * half + i] = static_cast<uint8_t>(z >> (8 * i));
    }
  }
  return id;
}

// Two postings an event, over so many accounts.
void FillBatch(Position first, int64_t accounts, IndexBatch* batch) {
  batch->Clear(first);
  for (Position position = first; position < first + kBatch; ++position) {
    batch->event_ids.push_back({.id = IdOf(position), .position = position});
    const uint64_t mixed =
        static_cast<uint64_t>(position) * 0x9E3779B97F4A7C15u >> 20;
    for (int32_t posting = 0; posting < 2; ++posting) {
      batch->entries.push_back(
          {.account = AccountIndex(static_cast<int32_t>(
               (mixed + static_cast<uint64_t>(posting) * 7) %
               static_cast<uint64_t>(accounts))),
           .date = Date(static_cast<int32_t>(20'000 + position / 50'000)),
           .position = position,
           .ordinal = posting,
           .product = ProductIndex(3),
           .delta = Quantity(24'000 + posting)});
    }
  }
  batch->end = first + kBatch;
}

class Filled {
 public:
  explicit Filled(int64_t events, int64_t accounts) {
    std::string name =
        (std::filesystem::temp_directory_path() / "tally_bench_XXXXXX");
    TALLY_CHECK(mkdtemp(name.data()) != nullptr);
    path_ = name;
    auto opened = Index::Open(path_, {.ledger = UuidOfName("bench")});
    TALLY_CHECK(opened.ok());
    index = *std::move(opened);
    IndexBatch batch;
    while (index->end() < events) {
      FillBatch(index->end(), accounts, &batch);
      TALLY_CHECK(index->Apply(batch).ok());
    }
  }
  ~Filled() {
    index.reset();
    std::filesystem::remove_all(path_);
  }

  std::unique_ptr<Index> index;

 private:
  std::string path_;
};

// The same for every run of a benchmark; the last one only.
Filled& SharedFilled(int64_t events, int64_t accounts) {
  static std::unique_ptr<Filled> filled;
  static std::pair<int64_t, int64_t> of;
  if (filled == nullptr || of != std::pair(events, accounts)) {
    filled.reset();
    filled = std::make_unique<Filled>(events, accounts);
    of = {events, accounts};
  }
  return *filled;
}

void BM_Apply(benchmark::State& state) {
  Filled filled(0, 1);
  IndexBatch batch;
  for (auto _ : state) {
    state.PauseTiming();
    FillBatch(filled.index->end(), state.range(0), &batch);
    state.ResumeTiming();
    TALLY_CHECK(filled.index->Apply(batch).ok());
  }
  state.SetItemsProcessed(state.iterations() * kBatch);
}
BENCHMARK(BM_Apply)->Arg(1'000)->Arg(1'000'000)->UseRealTime();

void BM_FindAbsentIds(benchmark::State& state) {
  Filled& filled = SharedFilled(state.range(0), 1'000);
  std::vector<Uuid> ids(1'000);
  int64_t next = -1;
  for (auto _ : state) {
    state.PauseTiming();
    for (Uuid& id : ids) id = IdOf(next--);
    state.ResumeTiming();
    TALLY_CHECK(filled.index->event_ids().FindAll(ids).ok());
  }
  state.SetItemsProcessed(state.iterations() * 1'000);
}
BENCHMARK(BM_FindAbsentIds)->Arg(1'000'000);

void BM_FindPresentIds(benchmark::State& state) {
  Filled& filled = SharedFilled(state.range(0), 1'000);
  int64_t next = 0;
  for (auto _ : state) {
    next = (next + 611'953) % state.range(0);
    TALLY_CHECK(filled.index->event_ids().Find(IdOf(next))->has_value());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_FindPresentIds)->Arg(1'000'000);

// One account that has two entries of every event, as known at any position.
void BM_BalanceAt(benchmark::State& state) {
  Filled& filled = SharedFilled(state.range(0), 1);
  Position known = 0;
  for (auto _ : state) {
    known = (known + 611'953) % state.range(0);
    TALLY_CHECK(filled.index->entries()
                    .BalanceAt(AccountIndex(0), Date(20'003), known)
                    .ok());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_BalanceAt)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void BM_StatementPage(benchmark::State& state) {
  Filled& filled = SharedFilled(state.range(0), 1);
  for (auto _ : state) {
    const auto page = filled.index->entries().ReadStatement(
        {.account = AccountIndex(0),
         .dates = {Date(20'001), Date(20'003)},
         .known_end = state.range(0) - 5,
         .page_size = 1'000});
    TALLY_CHECK(page.ok());
  }
  state.SetItemsProcessed(state.iterations() * 1'000);
}
BENCHMARK(BM_StatementPage)->Arg(100'000)->Arg(1'000'000);

}  // namespace
}  // namespace tally
