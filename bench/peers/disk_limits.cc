// What the disk of this machine can do at most: groups of a size, each written
// and made durable before the next, once to a plain file with fdatasync and
// once as a batch of RocksDB with sync.
//
//   disk_limits --data DIR --events 8000 --bytes 250 --seconds 3

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "CLI/CLI.hpp"
#include "bench/client/histogram.h"
#include "bench/client/process_usage.h"
#include "bench/client/report.h"
#include "bench/client/run.h"
#include "bench/workload/random.h"
#include "engine/base/check.h"
#include "fmt/format.h"
#include "rocksdb/db.h"

namespace tally::bench {
namespace {

struct Options {
  std::string directory;
  int64_t events = 8'000;
  int64_t bytes = 250;
  int64_t seconds = 3;
  std::string way = "file";
};

// So that neither file system nor RocksDB can make less of it.
std::string Noise(int64_t size) {
  Random random(1);
  std::string noise;
  while (std::ssize(noise) < size) {
    const uint64_t word = random.Next();
    noise.append(reinterpret_cast<const char*>(&word), sizeof word);
  }
  noise.resize(static_cast<size_t>(size));
  return noise;
}

class File {
 public:
  explicit File(const std::string& path)
      : descriptor_(open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600)) {
    TALLY_CHECK(descriptor_ >= 0);
  }
  ~File() { close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void Append(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
      TALLY_CHECK(written > 0);
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    TALLY_CHECK(fdatasync(descriptor_) == 0);
  }

 private:
  const int descriptor_;
};

class Rocks {
 public:
  explicit Rocks(const std::string& path) {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* db = nullptr;
    TALLY_CHECK(rocksdb::DB::Open(options, path, &db).ok());
    db_.reset(db);
  }

  // The group is one value, as the ledger's groups are.
  void Append(std::string_view bytes) {
    const std::string key = fmt::format("{:020}", next_++);
    rocksdb::WriteBatch batch;
    TALLY_CHECK(batch.Put(key, {bytes.data(), bytes.size()}).ok());
    rocksdb::WriteOptions options;
    options.sync = true;
    TALLY_CHECK(db_->Write(options, &batch).ok());
  }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  int64_t next_ = 0;
};

template <typename Target>
Report Measure(const Options& options, Target* target) {
  const std::string group = Noise(options.events * options.bytes);
  Report report{
      .name = options.way, .clients = 1, .events_per_call = options.events};
  const int64_t start = NanosNow();
  const int64_t until = start + options.seconds * int64_t{1'000'000'000};
  int64_t now = start;
  while (now < until) {
    target->Append(group);
    const int64_t after = NanosNow();
    report.latency.Add(after - now);
    now = after;
    report.counts.accepted += options.events;
    ++report.calls;
  }
  report.nanos = now - start;
  report.server = UsageOf(0);
  report.server_cpu_millis = report.server.cpu_millis;
  return report;
}

int Main(const Options& options) {
  std::filesystem::create_directories(options.directory);
  const std::string path = options.directory + "/" + options.way;
  if (options.way == "file") {
    File file(path);
    PrintJson(Measure(options, &file));
  } else {
    Rocks rocks(path);
    PrintJson(Measure(options, &rocks));
  }
  std::filesystem::remove_all(path);
  return 0;
}

}  // namespace
}  // namespace tally::bench

int main(int argc, char** argv) {
  tally::bench::Options options;
  CLI::App app("Measures durable writes of a file and of RocksDB.");
  app.add_option("--data", options.directory, "where to write")->required();
  app.add_option("--way", options.way, "file or rocksdb")
      ->check(CLI::IsMember({"file", "rocksdb"}));
  app.add_option("--events", options.events, "in a group")
      ->check(CLI::Range(1, 10'000));
  app.add_option("--bytes", options.bytes, "of an event")
      ->check(CLI::Range(1, 4'096));
  app.add_option("--seconds", options.seconds, "how long to write")
      ->check(CLI::Range(1, 3'600));
  CLI11_PARSE(app, argc, argv);
  return tally::bench::Main(options);
}
