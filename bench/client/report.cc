#include "bench/client/report.h"

#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace tally::bench {
namespace {

std::string Millis(int64_t nanos) {
  return fmt::format("{}.{:03} ms", nanos / 1'000'000, nanos / 1'000 % 1'000);
}

std::string Seconds(int64_t millis) {
  return fmt::format("{}.{:03} s", millis / 1'000, millis % 1'000);
}

template <typename T>
void Row(std::string_view what, const T& value) {
  fmt::print("{:>20}  {}\n", what, value);
}

}  // namespace

int64_t Report::events_per_second() const {
  if (nanos == 0) return 0;
  const int64_t events = counts.all();
  return static_cast<int64_t>(static_cast<__int128>(events) * 1'000'000'000 /
                              nanos);
}

void PrintTable(const Report& report) {
  Row("posted", fmt::format("{}, {} clients, {} events a call", report.name,
                            report.clients, report.events_per_call));
  Row("loop", report.rate == 0 ? std::string("closed")
                               : fmt::format("open, {} events/s", report.rate));
  Row("events/s", report.events_per_second());
  Row("accepted", report.counts.accepted);
  Row("refused", report.counts.refused);
  Row("replayed", report.counts.replayed);
  Row("calls", report.calls);
  Row("mean", Millis(report.latency.mean()));
  Row("p50", Millis(report.latency.Percentile(500'000)));
  Row("p90", Millis(report.latency.Percentile(900'000)));
  Row("p99", Millis(report.latency.Percentile(990'000)));
  Row("p99.9", Millis(report.latency.Percentile(999'000)));
  Row("max", Millis(report.latency.max()));
  Row("client's processor", Seconds(report.client_cpu_millis));
  if (report.server_cpu_millis > 0) {
    Row("server's processor", Seconds(report.server_cpu_millis));
    Row("server's memory",
        fmt::format("{} MiB, at most {} MiB",
                    report.server.resident_bytes >> 20,
                    report.server.peak_resident_bytes >> 20));
  }
  if (!report.interval_rates.empty()) {
    Row("rate over time",
        fmt::format("{}", fmt::join(report.interval_rates, " ")));
  }
  if (!report.trouble.empty()) Row("trouble", report.trouble);
}

void PrintJson(const Report& report) {
  nlohmann::ordered_json json = {
      {"name", report.name},
      {"clients", report.clients},
      {"events_per_call", report.events_per_call},
      {"rate", report.rate},
      {"events_per_second", report.events_per_second()},
      {"accepted", report.counts.accepted},
      {"refused", report.counts.refused},
      {"replayed", report.counts.replayed},
      {"calls", report.calls},
      {"request_bytes", report.request_bytes},
      {"nanos", report.nanos},
      {"mean_ns", report.latency.mean()},
      {"p50_ns", report.latency.Percentile(500'000)},
      {"p90_ns", report.latency.Percentile(900'000)},
      {"p99_ns", report.latency.Percentile(990'000)},
      {"p999_ns", report.latency.Percentile(999'000)},
      {"max_ns", report.latency.max()},
      {"client_cpu_ms", report.client_cpu_millis},
      {"server_cpu_ms", report.server_cpu_millis},
      {"server_resident_bytes", report.server.resident_bytes},
      {"server_peak_resident_bytes", report.server.peak_resident_bytes},
      {"interval_rates", report.interval_rates},
      {"tree_size", report.tree_size},
      {"trouble", report.trouble}};
  fmt::print("{}\n", json.dump());
}

}  // namespace tally::bench
