// What a record costs: to encode, to decode, to hash, to append.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bench/micro/sample_events.h"
#include "benchmark/benchmark.h"
#include "engine/base/check.h"
#include "engine/log/group.h"
#include "engine/log/merkle_proof.h"
#include "engine/log/record_codec.h"
#include "engine/log/rocks_journal.h"

namespace tally {
namespace {

constexpr int kSamples = 1'000;

// Events, their words and their records.
struct Samples {
  Samples() {
    for (int i = 0; i < kSamples; ++i) {
      events.push_back(SampleEvent(i, &arena));
      std::string bytes;
      TALLY_CHECK(EncodeEvent(events.back(), &bytes).ok());
      words.push_back(bytes);
      record_bytes += static_cast<int64_t>(RecordOf(i).size());
    }
  }
  std::string RecordOf(int i) const {
    const Decision decision;
    std::string record;
    EncodeRecord({.position = 500'000'000 + i,
                  .recorded_at = Instant(1'740'787'200'000'000 + i),
                  .event = words[static_cast<size_t>(i)],
                  .decision = &decision},
                 &record);
    return record;
  }

  Arena arena;
  std::vector<Event> events;
  std::vector<std::string> words;
  int64_t record_bytes = 0;
};

const Samples& TheSamples() {
  static const Samples* samples = new Samples;
  return *samples;
}

void BM_EncodeEvent(benchmark::State& state) {
  const Samples& samples = TheSamples();
  std::string bytes;
  for (auto _ : state) {
    bytes.clear();
    for (const Event& event : samples.events) {
      TALLY_CHECK(EncodeEvent(event, &bytes).ok());
    }
  }
  state.SetItemsProcessed(state.iterations() * kSamples);
  state.counters["bytes"] = static_cast<int>(bytes.size() / kSamples);
}
BENCHMARK(BM_EncodeEvent);

void BM_Fingerprint(benchmark::State& state) {
  const Samples& samples = TheSamples();
  for (auto _ : state) {
    for (const std::string& words : samples.words) {
      benchmark::DoNotOptimize(ContentFingerprint(words));
    }
  }
  state.SetItemsProcessed(state.iterations() * kSamples);
}
BENCHMARK(BM_Fingerprint);

void BM_GroupAdd(benchmark::State& state) {
  const Samples& samples = TheSamples();
  const Decision decision;
  Group group;
  for (auto _ : state) {
    group.Clear(500'000'000);
    for (const std::string& words : samples.words) {
      group.Add(Instant(1'740'787'200'000'000), words, decision);
    }
  }
  state.SetItemsProcessed(state.iterations() * kSamples);
  state.counters["bytes"] = static_cast<int>(group.bytes() / kSamples);
}
BENCHMARK(BM_GroupAdd);

void BM_DecodeRecord(benchmark::State& state) {
  std::vector<std::string> records;
  for (int i = 0; i < kSamples; ++i)
    records.push_back(TheSamples().RecordOf(i));
  for (auto _ : state) {
    Arena arena;
    for (const std::string& record : records) {
      const auto decoded = DecodeRecord(record, &arena);
      TALLY_CHECK(decoded.ok());
      benchmark::DoNotOptimize(decoded->event.id);
    }
  }
  state.SetItemsProcessed(state.iterations() * kSamples);
}
BENCHMARK(BM_DecodeRecord);

void BM_LeafAndNodeHashes(benchmark::State& state) {
  std::vector<std::string> records;
  for (int i = 0; i < kSamples; ++i)
    records.push_back(TheSamples().RecordOf(i));
  MerkleFrontier tree;
  for (auto _ : state) {
    for (const std::string& record : records) tree.Append(LeafHash(record));
    benchmark::DoNotOptimize(tree.Root());
  }
  state.SetItemsProcessed(state.iterations() * kSamples);
}
BENCHMARK(BM_LeafAndNodeHashes);

class Directory {
 public:
  Directory() {
    std::string name =
        (std::filesystem::temp_directory_path() / "tally_bench_XXXXXX");
    TALLY_CHECK(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Directory() { std::filesystem::remove_all(path); }
  std::string path;
};

std::unique_ptr<RocksJournal> OpenJournal(const std::string& directory) {
  auto journal = RocksJournal::Open(
      directory,
      {.mode = OpenMode::kCreateIfMissing, .new_ledger = UuidOfName("bench")});
  TALLY_CHECK(journal.ok());
  return *std::move(journal);
}

void FillGroup(const Samples& samples, int64_t count, Group* group) {
  const Decision decision;
  for (int64_t i = 0; i < count; ++i) {
    group->Add(Instant(1'740'787'200'000'000 + i),
               samples.words[static_cast<size_t>(i % kSamples)], decision);
  }
}

// Durable appends, groups of the argument's size.
void BM_Append(benchmark::State& state) {
  Directory directory;
  const auto journal = OpenJournal(directory.path);
  Group group;
  for (auto _ : state) {
    state.PauseTiming();
    group.Clear(journal->head().size);
    FillGroup(TheSamples(), state.range(0), &group);
    state.ResumeTiming();
    TALLY_CHECK(journal->Append(group).ok());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * group.bytes());
}
BENCHMARK(BM_Append)->Arg(1)->Arg(100)->Arg(1'000)->Arg(8'000)->UseRealTime();

// A log of so many records, the same for every run of a benchmark; the last
// one only.
RocksJournal& SharedJournal(int64_t records) {
  static std::unique_ptr<Directory> directory;
  static std::unique_ptr<RocksJournal> journal;
  if (journal != nullptr && journal->head().size == records) return *journal;
  journal.reset();
  directory = std::make_unique<Directory>();
  journal = OpenJournal(directory->path);
  Group group;
  while (journal->head().size < records) {
    group.Clear(journal->head().size);
    FillGroup(TheSamples(), 8'000, &group);
    group.Truncate(std::min<int64_t>(8'000, records - group.first()));
    TALLY_CHECK(journal->Append(group).ok());
  }
  return *journal;
}

void BM_ReadRecord(benchmark::State& state) {
  const RocksJournal& journal = SharedJournal(state.range(0));
  Position position = 0;
  for (auto _ : state) {
    position = (position + 611'953) % state.range(0);
    TALLY_CHECK(journal.ReadRecord(position).ok());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ReadRecord)->Arg(1'000'000);

void BM_ReadAll(benchmark::State& state) {
  const RocksJournal& journal = SharedJournal(state.range(0));
  for (auto _ : state) {
    auto reader = journal.Read(0);
    TALLY_CHECK(reader.ok());
    while (*(*reader)->Next()) {
      benchmark::DoNotOptimize((*reader)->record().data());
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_ReadAll)->Arg(1'000'000);

void BM_InclusionProof(benchmark::State& state) {
  const RocksJournal& journal = SharedJournal(state.range(0));
  Position position = 0;
  for (auto _ : state) {
    position = (position + 611'953) % state.range(0);
    TALLY_CHECK(InclusionProof(journal.tree(), position, state.range(0)).ok());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_InclusionProof)->Arg(1'000'000)->Arg(10'000);

}  // namespace
}  // namespace tally
