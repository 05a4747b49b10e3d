// How long questions take, asked at a steady pace while somebody else posts:
// each is timed from when it was due, so waiting behind a slow one counts.
//
//   reads --server 127.0.0.1:7411 --make-lots       once, on a small ledger
//   reads --server 127.0.0.1:7411 --calls 2000 --json
//
// It asks about the world of the load generator's run; give it the same flags.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "bench/client/histogram.h"
#include "bench/client/pace.h"
#include "bench/client/poster.h"
#include "bench/client/run.h"
#include "bench/workload/flags.h"
#include "bench/workload/random.h"
#include "bench/workload/traced_lot.h"
#include "bench/workload/world.h"
#include "engine/base/date.h"
#include "engine/base/strings.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tallystick/v1/balance_service.grpc.pb.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"
#include "tallystick/v1/proof_service.grpc.pb.h"
#include "tallystick/v1/trace_service.grpc.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

struct Options {
  std::string server = "127.0.0.1:50051";
  int calls = 1'000;
  int rate = 200;
  bool make_lots = false;
  int merges = 100;
  bool json = false;
  bool anywhere = false;
  WorkloadFlags workload;
};

// What one kind of question took.
struct Asked {
  std::string name;
  Histogram latency;
  int64_t answered = 0;  // things in the answers: entries, lots, hashes
};

std::string DayOf(int64_t day) {
  return Date::FromCivil(2010, 1, 1)
      .AddDays(static_cast<int32_t>(day))
      .ToString();
}

class Reads {
 public:
  Reads(const Options& options, const World* world)
      : options_(options),
        world_(world),
        channel_(Connect(options.server, 1).front()),
        balances_(v1::BalanceService::NewStub(channel_)),
        ledger_(v1::LedgerService::NewStub(channel_)),
        proofs_(v1::ProofService::NewStub(channel_)),
        traces_(v1::TraceService::NewStub(channel_)) {}

  // Empty: all went well. Else what did not.
  const std::string& trouble() const { return trouble_; }
  int64_t tree_size() const { return tree_size_; }

  std::vector<Asked> AskAll() {
    v1::ListEventsRequest newest;
    newest.set_page_size(1);
    v1::ListEventsResponse response;
    Call([&](grpc::ClientContext* context) {
      return ledger_->ListEvents(context, newest, &response);
    });
    tree_size_ = response.tree_size();
    std::vector<Asked> all;
    const int calls = options_.calls;
    all.push_back(Ask("balance", calls, [&] { return Balance({}, false); }));
    all.push_back(Ask("balance as at a day before", calls,
                      [&] { return Balance(DayOf(random_.Below(3)), false); }));
    all.push_back(Ask("balance as known at a position", calls / 10,
                      [&] { return Balance({}, true); }));
    all.push_back(Ask("statement, 1,000 entries", calls / 10,
                      [&] { return Statement(); }));
    all.push_back(Ask("event by position", calls, [&] { return Event(); }));
    all.push_back(
        Ask("inclusion proof", calls, [&] { return InclusionProof(); }));
    all.push_back(Ask("lot of 100,000 ancestors, a page of 1,000", calls / 10,
                      [&] { return TracePage(); }));
    return all;
  }

 private:
  template <typename F>
  bool Call(const F& call) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(60));
    const grpc::Status status = call(&context);
    if (!status.ok() && trouble_.empty()) trouble_ = status.error_message();
    return status.ok();
  }

  Asked Ask(std::string name, int calls,
            const std::function<int64_t()>& question) {
    Asked asked{.name = std::move(name)};
    const Pace pace{options_.rate, 1};
    const int64_t start = NanosNow();
    for (int call = 0; call < calls && trouble_.empty(); ++call) {
      const int64_t due = start + pace.NanosOf(call);
      std::this_thread::sleep_until(
          std::chrono::steady_clock::time_point(std::chrono::nanoseconds(due)));
      asked.answered += question();
      asked.latency.Add(NanosNow() - due);
    }
    return asked;
  }

  template <typename Request>
  void NameAccount(int64_t site, Request* request) {
    request->set_site(world_->site(site).str());
    request->set_product(std::string(kProduct));
    request->set_scheme(std::string(kScheme));
    request->set_model(v1::MODEL_MASS_BALANCE);
  }
  int64_t SomePosition() {
    return random_.Below(std::max<int64_t>(1, tree_size_));
  }

  int64_t Balance(const std::string& as_at, bool as_known) {
    v1::GetBalanceRequest request;
    NameAccount(random_.Below(world_->sites()), &request);
    request.set_as_at(as_at);
    if (as_known) request.set_as_known_at(SomePosition());
    v1::GetBalanceResponse response;
    Call([&](grpc::ClientContext* context) {
      return balances_->GetBalance(context, request, &response);
    });
    return 1;
  }

  // Of the first site, which gets the most events under Zipf's law.
  int64_t Statement() {
    v1::ListEntriesRequest request;
    NameAccount(0, &request);
    request.set_page_size(1'000);
    v1::ListEntriesResponse response;
    Call([&](grpc::ClientContext* context) {
      return balances_->ListEntries(context, request, &response);
    });
    return response.entries_size();
  }

  int64_t Event() {
    v1::GetEventRequest request;
    request.set_position(SomePosition());
    v1::GetEventResponse response;
    Call([&](grpc::ClientContext* context) {
      return ledger_->GetEvent(context, request, &response);
    });
    return 1;
  }

  int64_t InclusionProof() {
    v1::GetInclusionProofRequest request;
    request.set_position(SomePosition());
    v1::GetInclusionProofResponse response;
    Call([&](grpc::ClientContext* context) {
      return proofs_->GetInclusionProof(context, request, &response);
    });
    return response.path_size();
  }

  // Page after page, and from the first one again.
  int64_t TracePage() {
    v1::TraceLotRequest request;
    request.set_lot(TracedLot(world_).name());
    request.set_direction(v1::TRACE_DIRECTION_UPSTREAM);
    request.set_page_size(1'000);
    request.set_page_token(trace_page_);
    v1::TraceLotResponse response;
    Call([&](grpc::ClientContext* context) {
      return traces_->TraceLot(context, request, &response);
    });
    trace_page_ = response.next_page_token();
    return response.steps_size();
  }

  const Options& options_;
  const World* const world_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::BalanceService::Stub> balances_;
  const std::unique_ptr<v1::LedgerService::Stub> ledger_;
  const std::unique_ptr<v1::ProofService::Stub> proofs_;
  const std::unique_ptr<v1::TraceService::Stub> traces_;
  Random random_{17};
  int64_t tree_size_ = 0;
  std::string trace_page_;
  std::string trouble_;
};

void Print(const std::vector<Asked>& all, int64_t tree_size, bool json) {
  nlohmann::ordered_json lines = nlohmann::ordered_json::array();
  for (const Asked& one : all) {
    const int64_t calls = std::max<int64_t>(1, one.latency.count());
    const int64_t p50 = one.latency.Percentile(500'000);
    const int64_t p99 = one.latency.Percentile(990'000);
    lines.push_back({{"question", one.name},
                     {"calls", one.latency.count()},
                     {"answered", one.answered / calls},
                     {"p50_ns", p50},
                     {"p99_ns", p99},
                     {"max_ns", one.latency.max()}});
    if (json) continue;
    fmt::print(
        "{:>44} {:>6} calls, {:>5} things each, p50 {:>8} us, p99 {:>8} "
        "us\n",
        one.name, one.latency.count(), one.answered / calls, p50 / 1'000,
        p99 / 1'000);
  }
  if (!json) return;
  const nlohmann::ordered_json report = {{"tree_size", tree_size},
                                         {"questions", lines}};
  fmt::print("{}\n", report.dump());
}

int Main(const Options& options) {
  if (!IsLoopback(options.server) && !options.anywhere) {
    fmt::print(stderr,
               "reads: {} is not this machine; --anywhere asks it "
               "nevertheless\n",
               options.server);
    return 2;
  }
  const World world(options.workload.options);
  if (options.make_lots) {
    const absl::Status made =
        TracedLot(&world, options.merges).Make(options.server);
    if (made.ok()) return 0;
    fmt::print(stderr, "reads: {}\n", MessageOf(made));
    return 1;
  }
  Reads reads(options, &world);
  const std::vector<Asked> all = reads.AskAll();
  Print(all, reads.tree_size(), options.json);
  if (reads.trouble().empty()) return 0;
  fmt::print(stderr, "reads: {}\n", reads.trouble());
  return 1;
}

}  // namespace
}  // namespace tally::bench

int main(int argc, char** argv) {
  tally::bench::Options options;
  CLI::App app("Asks a ledger and reports how long the answers took.");
  app.add_option("--server", options.server, "HOST:PORT of the server");
  app.add_option("--calls", options.calls, "of each of the quick questions")
      ->check(CLI::Range(10, 10'000'000));
  app.add_option("--rate", options.rate, "calls a second")
      ->check(CLI::Range(1, 1'000'000));
  app.add_flag("--make-lots", options.make_lots,
               "make the lot that is traced, and end");
  app.add_option("--merges", options.merges,
                 "thousands of lots that it is made from")
      ->check(CLI::Range(1, 100));
  app.add_flag("--json", options.json, "one line of JSON");
  app.add_flag("--anywhere", options.anywhere,
               "ask another machine than this one");
  options.workload.AddTo(&app);
  CLI11_PARSE(app, argc, argv);
  const absl::Status read = options.workload.Finish();
  if (!read.ok()) {
    fmt::print(stderr, "reads: {}\n", tally::MessageOf(read));
    return 2;
  }
  return tally::bench::Main(options);
}
