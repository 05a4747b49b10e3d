// Proofs of a large log: how long, and how fast they are made and checked.
//
//   bench_proofs [--events 10000000] --data DIR [--proofs 10000]
//
// Appends records to a log in DIR, opens it anew, and asks for proofs at
// random positions, from the tiles on disk. Prints means, the median and the
// 99th percentile.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "engine/log/merkle_proof.h"
#include "engine/log/rocks_journal.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr int64_t kGroupEvents = 8'192;

int64_t MicrosSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now() - start)
      .count();
}

// What an event's record is about as long as.
std::string RecordOf(Position position) {
  std::string record = fmt::format("record {:020}", position);
  record.resize(120, '.');
  return record;
}

absl::Status Fill(int64_t events, RocksJournal* journal) {
  Group group;
  while (journal->head().size < events) {
    const Position first = journal->head().size;
    group.Clear(first);
    const int64_t count = std::min(kGroupEvents, events - first);
    for (int64_t i = 0; i < count; ++i) {
      group.AddStored(Instant(first + i), RecordOf(first + i));
    }
    const absl::Status appended = journal->Append(group);
    if (!appended.ok()) return appended;
  }
  return absl::OkStatus();
}

struct Samples {
  std::vector<int64_t> micros;
  int64_t hashes = 0;

  void Print(std::string_view what) {
    std::sort(micros.begin(), micros.end());
    int64_t sum = 0;
    for (const int64_t one : micros) sum += one;
    const auto count = static_cast<int64_t>(micros.size());
    fmt::print(
        "{}: {} bytes ({} hashes) in the mean, made in {} us, half in {} us, "
        "99 % in {} us\n",
        what, 32 * hashes / count, hashes / count, sum / count,
        micros[micros.size() / 2], micros[micros.size() * 99 / 100]);
  }
};

absl::Status Measure(const RocksJournal& journal, int64_t proofs) {
  const TreeHead head = journal.head();
  std::mt19937_64 random(1);
  Samples inclusion;
  Samples consistency;
  int64_t check_micros = 0;
  for (int64_t i = 0; i < proofs; ++i) {
    const auto position =
        static_cast<Position>(random() % static_cast<uint64_t>(head.size));
    auto start = std::chrono::steady_clock::now();
    const auto path = InclusionProof(journal.tree(), position, head.size);
    inclusion.micros.push_back(MicrosSince(start));
    if (!path.ok()) return path.status();
    inclusion.hashes += std::ssize(*path);
    start = std::chrono::steady_clock::now();
    if (!VerifyInclusion(LeafHash(RecordOf(position)), position, *path, head)) {
      return absl::DataLossError("a proof does not hold");
    }
    check_micros += MicrosSince(start);

    const TreeHead old{.size = position + 1,
                       .root = *RootAt(journal.tree(), position + 1)};
    start = std::chrono::steady_clock::now();
    const auto grown = ConsistencyProof(journal.tree(), old.size, head.size);
    consistency.micros.push_back(MicrosSince(start));
    if (!grown.ok()) return grown.status();
    consistency.hashes += std::ssize(*grown);
    if (old.size != head.size && !VerifyConsistency(old, head, *grown)) {
      return absl::DataLossError("a proof does not hold");
    }
  }
  inclusion.Print("inclusion");
  consistency.Print("consistency");
  fmt::print("inclusion checked in {} us\n", check_micros / proofs);
  return absl::OkStatus();
}

absl::Status Run(const std::string& directory, int64_t events, int64_t proofs) {
  auto start = std::chrono::steady_clock::now();
  {
    auto journal =
        RocksJournal::Open(directory, {.mode = OpenMode::kCreateIfMissing,
                                       .new_ledger = UuidOfName("proofs")});
    if (!journal.ok()) return journal.status();
    const absl::Status filled = Fill(events, journal->get());
    if (!filled.ok()) return filled;
  }
  fmt::print("{} records appended in {} ms\n", events,
             MicrosSince(start) / 1'000);
  start = std::chrono::steady_clock::now();
  const auto journal = RocksJournal::Open(directory, {});
  if (!journal.ok()) return journal.status();
  fmt::print("opened in {} ms\n", MicrosSince(start) / 1'000);
  return Measure(**journal, proofs);
}

}  // namespace
}  // namespace tally

int main(int argc, char** argv) {
  CLI::App app("Proofs of a large log");
  std::string directory;
  int64_t events = 10'000'000;
  int64_t proofs = 10'000;
  app.add_option("--data", directory, "where the log goes")->required();
  app.add_option("--events", events, "records of the log");
  app.add_option("--proofs", proofs, "proofs of each kind");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = tally::Run(directory, events, proofs);
  if (status.ok()) return 0;
  fmt::print(stderr, "{}\n", status.ToString());
  return 1;
}
