// What tallyd is told: by flags, by TALLY_… environment variables or by a TOML
// file, in that order.
//
// One table lists every setting; flags, variables and keys of the file all
// come from it.

#ifndef TALLY_SERVICES_SETTINGS_H_
#define TALLY_SERVICES_SETTINGS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/ledger/ledger_options.h"
#include "engine/model/limits.h"

namespace tally::services {

struct Settings {
  std::string data;
  std::string listen = "127.0.0.1:50051";
  std::string admin_listen;
  std::string backup_folder;
  std::string port_file;
  std::string log_key;
  std::string log_origin;
  std::string witness_keys;
  std::string tls_certificate;
  std::string tls_key;
  std::string tls_client_authority;
  std::string client_certificates = "required";
  bool common_names = false;
  std::string token_issuer;
  std::string token_audience;
  std::string token_algorithms;
  std::string token_keys;
  std::string administrator;
  std::string audit_file;
  int64_t audit_bytes_max = 64 << 20;
  int64_t calls_per_second = 1'000;
  int64_t calls_at_once = 2'000;
  int64_t events_per_second = 10'000;
  int64_t streams_per_principal = 100;
  int64_t connection_idle_seconds = 900;
  bool strict = false;
  bool test_mode = false;
  int64_t request_bytes_max = kRequestBytesMax;
  int64_t events_per_request_max = kEventsPerRequestMax;
  int64_t window_batches = 16;
  int64_t streams_max = 1'000;
  int64_t connection_age_seconds = 3'600;
  int64_t read_threads = 4;
  int64_t tick_seconds = 1;
  int64_t checkpoint_seconds = 1;
  int64_t snapshot_events = SnapshotOptions().interval_events;
  int64_t snapshots_kept = SnapshotOptions().keep;
  int64_t drain_seconds = 30;
};

// One row of the table.
struct Setting {
  std::string name;  // "admin-listen": --admin-listen, TALLY_ADMIN_LISTEN
  std::string help;
  // The one that applies.
  std::string Settings::*text = nullptr;
  bool Settings::*toggle = nullptr;
  int64_t Settings::*number = nullptr;
  int64_t least = 0;  // of a number
  int64_t most = 0;

  std::string variable() const;  // "TALLY_ADMIN_LISTEN"
};

const std::vector<Setting>& AllSettings();

// What was given in one place, by name.
using Given = std::map<std::string, std::string>;

struct EffectiveSettings {
  Settings settings;
  // By name: "flag", "environment", "file" or "default".
  std::map<std::string, std::string> origins;

  // A TOML file that sets the same, with a comment for each origin.
  std::string ToString() const;
};

// The keys of a TOML file. INVALID_ARGUMENT for what it should not hold.
absl::StatusOr<Given> ReadSettingsFile(const std::string& path);
// What `variable` answers for the name of each variable.
Given ReadEnvironment(
    const std::function<std::optional<std::string>(const std::string&)>&
        variable);

// INVALID_ARGUMENT names the setting, the value, where it came from and what
// it must be.
absl::StatusOr<EffectiveSettings> Combine(const Given& flags,
                                          const Given& environment,
                                          const Given& file);

}  // namespace tally::services

#endif  // TALLY_SERVICES_SETTINGS_H_
