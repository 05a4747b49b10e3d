// tallyd: a ledger in a folder, served over gRPC.

#include <sys/prctl.h>
#include <sys/resource.h>

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/statusor.h"
#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/ledger/checkpoints.h"
#include "engine/ledger/details.h"
#include "engine/ledger/ledger.h"
#include "fmt/format.h"
#include "services/command_line.h"
#include "services/identity/sealed_text.h"
#include "services/ledger_source.h"
#include "services/log_lines.h"
#include "services/security_settings.h"
#include "services/server.h"
#include "services/settings.h"
#include "services/system_clock.h"
#include "services/test_ledgers.h"

namespace tally::services {
namespace {

int Fail(int exit_code, std::string_view message) {
  LogLine(LogLevel::kError, message);
  return exit_code;
}

int ExitCodeOf(const absl::Status& status) {
  if (absl::IsDataLoss(status)) return kExitDamaged;
  if (absl::IsInvalidArgument(status)) return kExitUsage;
  if (absl::IsUnavailable(status)) return kExitUnavailable;
  return kExitFailed;
}

std::optional<std::string> Variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

absl::StatusOr<EffectiveSettings> ReadSettings(const CommandLine& line) {
  Given file;
  if (!line.config.empty()) {
    ASSIGN_OR_RETURN(file, ReadSettingsFile(line.config));
  }
  ASSIGN_OR_RETURN(EffectiveSettings effective,
                   Combine(line.flags, ReadEnvironment(Variable), file));
  const Settings& settings = effective.settings;
  if (settings.listen.empty()) {
    return absl::InvalidArgumentError("listen: must be HOST:PORT");
  }
  // Before anything is opened or made.
  RETURN_IF_ERROR(SecurityOf(settings).status());
  if (settings.data.empty() == settings.test_mode) return effective;
  return absl::InvalidArgumentError(
      settings.test_mode ? "test-mode keeps its ledgers in memory: it takes no "
                           "data"
                         : "data: must be the folder that holds the ledger");
}

// The identity of a ledger that is made now.
Uuid NewLedgerId() {
  std::random_device random;
  return UuidOfName(fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(),
                                random(), random()));
}

// 32 bytes from the machine's own source.
Sha256Digest RandomBytes() {
  Sha256Digest bytes;
  TALLY_CHECK(::getentropy(bytes.data(), bytes.size()) == 0);
  return bytes;
}

absl::StatusOr<SigningOptions> SigningOf(const Settings& settings) {
  SigningOptions signing{.key_file = settings.log_key,
                         .new_key = RandomBytes(),
                         .origin = settings.log_origin,
                         .witnesses = {}};
  if (signing.key_file.empty()) signing.key_file = settings.data + "/log.key";
  if (settings.witness_keys.empty()) return signing;
  std::ifstream file(settings.witness_keys);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') signing.witnesses.push_back(line);
  }
  if (file.eof()) return signing;
  return absl::InvalidArgumentError(
      fmt::format("witness-keys: cannot read {}", settings.witness_keys));
}

// Whoever runs the server must know which key to publish.
void AnnounceKey(const std::string& path, const KeyNotice& notice) {
  if (notice.was_made) {
    LogLine(LogLevel::kWarning,
            "made a new key to sign the log with: keep a copy of the file in a "
            "safe place, and publish the verifier key",
            {{"file", path}, {"verifier_key", notice.verifier_key}});
  } else if (notice.is_new) {
    LogLine(LogLevel::kWarning,
            "the log is signed with another key from here on: publish the "
            "verifier key beside those before it",
            {{"file", path}, {"verifier_key", notice.verifier_key}});
  }
  LogLine(LogLevel::kInfo, "signing the log",
          {{"verifier_key", notice.verifier_key},
           {"former_keys", std::to_string(notice.former.size())}});
}

void LogRecovery(const RecoveryProgress& progress) {
  LogLine(LogLevel::kInfo, "recovering",
          {{"next", std::to_string(progress.next)},
           {"end", std::to_string(progress.end)}});
}

// How the ledger came back, and what of it was no longer of use.
void LogOpening(const OpeningFacts& facts) {
  for (const std::string& reason : facts.left_out) {
    LogLine(LogLevel::kWarning, "left a snapshot out", {{"reason", reason}});
  }
  LogLine(LogLevel::kInfo, "recovered",
          {{"snapshot_end", std::to_string(facts.snapshot_end)},
           {"replayed", std::to_string(facts.replayed)},
           {"micros", std::to_string(facts.elapsed_micros)}});
}

void LogSnapshot(const SnapshotFigures& figures) {
  if (absl::IsCancelled(figures.latest)) return;
  if (!figures.latest.ok()) {
    LogLine(LogLevel::kError, "made no snapshot",
            {{"reason", std::string(MessageOf(figures.latest))}});
    return;
  }
  LogLine(LogLevel::kInfo, "made a snapshot",
          {{"end", std::to_string(figures.newest_end)},
           {"bytes", std::to_string(figures.bytes)},
           {"micros", std::to_string(figures.micros)}});
}

absl::StatusOr<std::unique_ptr<LedgerSource>> OpenLedgers(
    const Settings& settings, const Clock* clock) {
  if (settings.test_mode) {
    LogLine(LogLevel::kWarning,
            "test mode: nothing is kept, and calls may set the time");
    return std::make_unique<TestLedgers>(clock, settings.strict);
  }
  ASSIGN_OR_RETURN(SigningOptions signing, SigningOf(settings));
  absl::StatusOr<std::unique_ptr<Ledger>> ledger =
      Ledger::Open({.directory = settings.data,
                    .new_ledger = NewLedgerId(),
                    .clock = clock,
                    .strict = settings.strict,
                    .signing = signing,
                    .salt_seed = RandomBytes(),
                    .snapshots = {.interval_events = settings.snapshot_events,
                                  .keep = settings.snapshots_kept,
                                  .on_made = LogSnapshot},
                    .on_recovery = LogRecovery});
  if (!ledger.ok()) {
    return absl::Status(
        ledger.status().code(),
        ToAbsl(fmt::format("cannot open the ledger in {}: {}", settings.data,
                           MessageOf(ledger.status()))));
  }
  LogOpening((*ledger)->opening());
  AnnounceKey(signing.key_file, (*ledger)->checkpoints().notice());
  return std::make_unique<OneLedger>(*std::move(ledger));
}

// Beside the log, unless nothing is kept.
absl::StatusOr<std::unique_ptr<Details>> OpenDetails(const Settings& settings) {
  if (settings.test_mode) return nullptr;
  return Details::Open(settings.data + "/details", OpenMode::kCreateIfMissing);
}

ServerOptions OptionsOf(const Settings& settings, SecurityOptions security) {
  return {
      .listen = settings.listen,
      .admin_listen = settings.admin_listen,
      .security = std::move(security),
      .backup_folder = settings.backup_folder,
      .limits = {.bytes_max = settings.request_bytes_max,
                 .events_max =
                     static_cast<int>(settings.events_per_request_max)},
      .window_batches = static_cast<int>(settings.window_batches),
      .streams_max = static_cast<int>(settings.streams_max),
      .streams_of_one_max = static_cast<int>(settings.streams_per_principal),
      .connection_age = std::chrono::seconds(settings.connection_age_seconds),
      .connection_idle = std::chrono::seconds(settings.connection_idle_seconds),
      .read_threads = static_cast<int>(settings.read_threads),
      .tick_interval = std::chrono::seconds(settings.tick_seconds),
      .checkpoint_interval = std::chrono::seconds(settings.checkpoint_seconds),
      .on_writes_changed = [](const absl::Status& writes) {
        if (writes.ok()) {
          LogLine(LogLevel::kInfo, "taking events");
        } else {
          LogLine(LogLevel::kError, "taking no events",
                  {{"reason", std::string(MessageOf(writes))}});
        }
      }};
}

// Where callers are asked who they are there is an audit trail, and page tokens
// outlive the process, as their key follows from the log's own.
absl::StatusOr<SecurityOptions> SecurityIn(const Settings& settings) {
  ASSIGN_OR_RETURN(SecurityOptions security, SecurityOf(settings));
  if (settings.test_mode) return security;
  if (security.audit.file.empty() && !security.IsOpen()) {
    security.audit.file = settings.data + "/audit.jsonl";
  }
  std::ifstream file(settings.log_key.empty() ? settings.data + "/log.key"
                                              : settings.log_key);
  std::ostringstream key;
  key << file.rdbuf();
  if (file.good() && !key.str().empty()) {
    security.page_key = identity::DeriveKey(key.str(), "page tokens");
  }
  return security;
}

// Who runs it should know what it does not check.
void LogSecurity(const SecurityOptions& security) {
  if (security.IsOpen()) {
    LogLine(LogLevel::kWarning,
            "insecure: whoever reaches this port from this machine is its "
            "administrator, and may post and read everything; there is no TLS "
            "and there are no tokens");
    return;
  }
  if (!security.HasTls()) {
    LogLine(LogLevel::kWarning,
            "insecure: tokens cross this machine without TLS");
  }
  LogLine(LogLevel::kInfo,
          "callers may do what they are bound to, else nothing",
          {{"administrator", security.administrator}});
}

// Keys are in memory: what is left of a crash must not hold them.
void ForbidCoreDumps() {
  const rlimit none = {.rlim_cur = 0, .rlim_max = 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0 ||
      prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    LogLine(LogLevel::kWarning, "cannot forbid core dumps");
  }
}

// "127.0.0.1:0" with the port that was taken.
std::string Taken(const std::string& listen, int port) {
  return fmt::format("{}:{}", listen.substr(0, listen.rfind(':')), port);
}

absl::Status Announce(const Settings& settings, const Server& server) {
  const std::string address = Taken(settings.listen, server.port());
  LogLine(LogLevel::kInfo, "listening", {{"address", address}});
  fmt::print("listening on {}\n", address);
  if (!settings.admin_listen.empty()) {
    fmt::print("admin on {}\n",
               Taken(settings.admin_listen, server.admin_port()));
  }
  std::fflush(stdout);
  if (settings.port_file.empty()) return absl::OkStatus();
  // Renamed into place, so that who waits for it never reads half of it.
  const std::string unfinished = settings.port_file + ".new";
  std::ofstream file(unfinished);
  file << server.port() << '\n';
  file.close();
  if (file.good() &&
      std::rename(unfinished.c_str(), settings.port_file.c_str()) == 0) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      fmt::format("port-file: cannot write {}", settings.port_file));
}

// Both signals are blocked in every thread, and waited for here.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  // A file that may not grow is an error of the write, which stops the ledger
  // in good order.
  std::signal(SIGXFSZ, SIG_IGN);
  return signals;
}

int WaitForSignal(const sigset_t& signals) {
  int signal = 0;
  while (sigwait(&signals, &signal) != 0) {
  }
  return signal;
}

// The first signal drains, a second one ends the program where it stands: what
// was acknowledged is durable.
void DrainOnSignal(const sigset_t& signals, const Settings& settings,
                   Server* server) {
  const int first = WaitForSignal(signals);
  LogLine(LogLevel::kInfo, "draining", {{"signal", std::to_string(first)}});
  std::thread([signals] {
    const int second = WaitForSignal(signals);
    LogLine(LogLevel::kWarning, "ending at once",
            {{"signal", std::to_string(second)}});
    std::_Exit(128 + second);
  }).detach();
  server->Drain(std::chrono::seconds(settings.drain_seconds));
}

int Serve(const Settings& settings) {
  const sigset_t signals = BlockSignals();
  LogLibraries();
  const SystemClock clock;
  auto ledgers = OpenLedgers(settings, &clock);
  if (!ledgers.ok()) {
    return Fail(ExitCodeOf(ledgers.status()), MessageOf(ledgers.status()));
  }
  absl::StatusOr<SecurityOptions> security = SecurityIn(settings);
  if (!security.ok()) {
    return Fail(ExitCodeOf(security.status()), MessageOf(security.status()));
  }
  if (!security->IsOpen()) ForbidCoreDumps();
  LogSecurity(*security);
  auto details = OpenDetails(settings);
  if (!details.ok()) {
    return Fail(ExitCodeOf(details.status()), MessageOf(details.status()));
  }
  ServerOptions options = OptionsOf(settings, *std::move(security));
  options.details = details->get();
  auto server = Server::Start(ledgers->get(), std::move(options));
  if (!server.ok()) {
    return Fail(ExitCodeOf(server.status()), MessageOf(server.status()));
  }
  const absl::Status announced = Announce(settings, **server);
  if (!announced.ok()) {
    return Fail(ExitCodeOf(announced), MessageOf(announced));
  }
  DrainOnSignal(signals, settings, server->get());
  LogLine(LogLevel::kInfo, "stopped");
  return kExitOk;
}

int Main(int argc, char** argv) {
  const CommandLine line = ReadCommandLine(argc, argv);
  if (line.exit_code.has_value()) return *line.exit_code;
  const absl::StatusOr<EffectiveSettings> effective = ReadSettings(line);
  if (!effective.ok()) {
    fmt::print(stderr, "tallyd: {}\n", MessageOf(effective.status()));
    return kExitUsage;
  }
  if (line.print_config) {
    fmt::print("{}", effective->ToString());
    return kExitOk;
  }
  return Serve(effective->settings);
}

}  // namespace
}  // namespace tally::services

int main(int argc, char** argv) { return tally::services::Main(argc, argv); }
