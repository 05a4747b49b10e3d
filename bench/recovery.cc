// How long a ledger takes to open: makes a log of many events, then opens it
// from the snapshot of its end, from the last one that was made while it ran,
// and from the log alone.
//
//   recovery --events 10000000 --accounts 100000 --folder /var/tmp/recovery

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/clock.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/ledger/ledger.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr char kProfile[] = R"({
  "scheme": "bench", "models": {"MASS_BALANCE": {}},
  "certificate": {"required": false}})";
constexpr ClaimName kClaim{.scheme = "bench", .model = Model::kMassBalance};
constexpr int kDays = 300;

struct Options {
  std::string folder;
  int64_t events = 1'000'000;
  int64_t accounts = 100'000;
  int64_t interval = 1'000'000;
  int batch = 8'000;
};

class WallClock final : public Clock {
 public:
  Instant Now() const override {
    return Instant(std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count());
  }
};

int64_t MicrosNow() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string Seconds(int64_t micros) {
  return fmt::format("{}.{:03} s", micros / 1'000'000, micros / 1'000 % 1'000);
}

// The events of the run by number: what makes the accounts, then receipts and
// sales in turn, each checked against a balance.
class Stream {
 public:
  explicit Stream(const Options& options) : accounts_(options.accounts) {}

  int64_t size_of_set_up() const { return 3 + 2 * accounts_; }

  void Add(int64_t number, Batch* batch) const {
    Arena& arena = batch->arena;
    const int64_t day = std::max<int64_t>(0, number - size_of_set_up());
    const Date date = Date::FromCivil(2024, 1, 1)
                          .AddDays(static_cast<int32_t>(day / 10'000 % kDays));
    batch->events.push_back({.id = UuidOfName(fmt::format("event {}", number)),
                             .occurred_at = Instant(date),
                             .body = BodyOf(number, &arena)});
  }

 private:
  static std::string_view Text(Arena* arena, const std::string& text) {
    return arena->Copy(text);
  }
  static std::string_view SiteOf(int64_t account, Arena* arena) {
    return Text(arena, fmt::format("site-{:07}", account));
  }

  Body BodyOf(int64_t number, Arena* arena) const {
    if (number == 0) return arena->New(DefineScheme{.profile = kProfile});
    if (number == 1) {
      return arena->New(
          DefineProduct{.product = "oil", .unit = "TNE", .decimals = 3});
    }
    if (number == 2) {
      static constexpr Role kRoles[] = {Role::kOperator};
      return arena->New(RegisterParty{.party = "bench", .roles = kRoles});
    }
    if (number < 3 + accounts_) {
      return arena->New(
          RegisterSite{.site = SiteOf(number - 3, arena), .party = "bench"});
    }
    const int64_t turn = number - 3 - accounts_;
    // Spread over the accounts, without a source of randomness.
    const int64_t account = turn * 7'919 % accounts_;
    if (turn < accounts_) return ReceiptOf(account, 1'000'000'000, arena);
    const int64_t quantity = turn % 50'000 + 1;
    if (turn % 2 == 0) return ReceiptOf(account, quantity, arena);
    ShipLine line{.product = "oil",
                  .quantity = {.mantissa = quantity, .scale = 3},
                  .claim = kClaim};
    const ShipLine* const kept = arena->New(line);
    return arena->New(Ship{.shipment = Text(arena, fmt::format("S{}", number)),
                           .from_site = SiteOf(account, arena),
                           .to_external = "a-buyer-elsewhere",
                           .lines = {kept, 1}});
  }

  static Body ReceiptOf(int64_t account, int64_t quantity, Arena* arena) {
    return arena->New(Receive{.site = SiteOf(account, arena),
                              .product = "oil",
                              .quantity = {.mantissa = quantity, .scale = 3},
                              .claim = kClaim,
                              .supplier = "supplier"});
  }

  const int64_t accounts_;
};

class Run {
 public:
  explicit Run(const Options& options) : options_(options), stream_(options) {}

  absl::Status All() {
    RETURN_IF_ERROR(Fill());
    RETURN_IF_ERROR(Reopen("from the last snapshot made while it ran"));
    RETURN_IF_ERROR(Reopen("from the snapshot of its end"));
    std::filesystem::remove_all(options_.folder + "/snapshots");
    return Reopen("from the log alone");
  }

 private:
  absl::StatusOr<std::unique_ptr<Ledger>> Open(bool at_close) {
    return Ledger::Open({.directory = options_.folder,
                         .clock = &clock_,
                         .snapshots = {.interval_events = options_.interval,
                                       .at_close = at_close}});
  }

  // Posts everything, with as many batches under way as the queue takes.
  absl::Status Fill() {
    ASSIGN_OR_RETURN(const std::unique_ptr<Ledger> ledger,
                     Open(/*at_close=*/false));
    const int64_t started = MicrosNow();
    for (int64_t next = 0; next < options_.events;) {
      auto batch = std::make_unique<Batch>();
      for (int i = 0; i < options_.batch && next < options_.events; ++i) {
        stream_.Add(next++, batch.get());
      }
      const BatchResult result = ledger->Post(std::move(batch));
      RETURN_IF_ERROR(result.status);
      for (const Outcome& outcome : result.outcomes) {
        if (outcome.accepted()) continue;
        return absl::InternalError(ToAbsl(outcome.refusal->message));
      }
    }
    const int64_t took = MicrosNow() - started;
    fmt::print("{} events on {} accounts posted in {} ({} a second)\n",
               options_.events, options_.accounts, Seconds(took),
               options_.events * 1'000'000 / std::max<int64_t>(took, 1));
    Tell(ledger->health().snapshots, "made while it ran");
    return absl::OkStatus();
  }

  absl::Status Reopen(const std::string& how) {
    const int64_t started = MicrosNow();
    ASSIGN_OR_RETURN(const std::unique_ptr<Ledger> ledger,
                     Open(/*at_close=*/true));
    const int64_t took = MicrosNow() - started;
    const OpeningFacts& facts = ledger->opening();
    fmt::print("opened {}: {}, {} replayed", how, Seconds(took),
               facts.replayed);
    if (facts.replayed > 0) {
      fmt::print(", {} per million replayed",
                 Seconds(took * 1'000'000 / facts.replayed));
    }
    fmt::print("\n");
    ledger->Close();
    Tell(ledger->health().snapshots, "made at its end");
    return absl::OkStatus();
  }

  void Tell(const SnapshotFigures& figures, const std::string& when) {
    if (!figures.latest.ok()) {
      fmt::print("no snapshot: {}\n", MessageOf(figures.latest));
    }
    if (figures.made == 0) return;
    fmt::print("{} {}: the latest has {} bytes, {} an account, took {}\n",
               figures.made, when, figures.bytes,
               figures.bytes / options_.accounts, Seconds(figures.micros));
  }

  const Options options_;
  const Stream stream_;
  WallClock clock_;
};

int Main(const Options& options) {
  if (std::filesystem::exists(options.folder)) {
    std::fprintf(stderr, "recovery: %s is there already\n",
                 options.folder.c_str());
    return 2;
  }
  const absl::Status ran = Run(options).All();
  std::filesystem::remove_all(options.folder);
  if (ran.ok()) return 0;
  std::fprintf(stderr, "recovery: %s\n", ran.ToString().c_str());
  return 1;
}

}  // namespace
}  // namespace tally

int main(int argc, char** argv) {
  tally::Options options;
  CLI::App app("Measures how long a ledger takes to open.");
  app.add_option("--folder", options.folder,
                 "made for the ledger, and removed at the end")
      ->required();
  app.add_option("--events", options.events, "in the log")
      ->check(CLI::Range(1'000, 1'000'000'000))
      ->capture_default_str();
  app.add_option("--accounts", options.accounts, "that they are posted to")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  app.add_option("--interval", options.interval,
                 "events between two snapshots; 0: only at the end")
      ->check(CLI::Range(0, 1'000'000'000))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return tally::Main(options);
}
