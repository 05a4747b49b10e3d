#include "services/settings.h"

#include <charconv>
#include <system_error>
#include <utility>

#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace tally::services {
namespace {

Setting Text(std::string name, std::string help, std::string Settings::*text) {
  return {.name = std::move(name), .help = std::move(help), .text = text};
}

Setting Toggle(std::string name, std::string help, bool Settings::*toggle) {
  return {.name = std::move(name), .help = std::move(help), .toggle = toggle};
}

Setting Number(std::string name, std::string help, int64_t Settings::*number,
               int64_t least, int64_t most) {
  return {.name = std::move(name),
          .help = std::move(help),
          .number = number,
          .least = least,
          .most = most};
}

// Where things are.
std::vector<Setting> MakePlaces() {
  return {
      Text("data", "the folder that holds the ledger; made where missing",
           &Settings::data),
      Text("listen",
           "HOST:PORT; beyond this machine only with TLS; port 0 takes a free "
           "one",
           &Settings::listen),
      Text("admin-listen", "HOST:PORT for channelz; empty: none",
           &Settings::admin_listen),
      Text("backup-folder",
           "where backups are put that are asked for while the server runs; "
           "empty: none are made",
           &Settings::backup_folder),
      Text("port-file", "write the port taken into this file",
           &Settings::port_file),
      Text("log-key",
           "file of the key that signs the log's head; made where missing; "
           "empty: log.key in the data folder",
           &Settings::log_key),
      Text("log-origin",
           "the log's name for a key that is made, such as example.org/ledger",
           &Settings::log_origin),
      Text("witness-keys",
           "file of the verifier keys, one a line, of witnesses whose "
           "signatures are taken",
           &Settings::witness_keys),
  };
}

// Who may call, and how much.
std::vector<Setting> MakeSecurity() {
  return {
      Text("tls-certificate", "the server's certificate chain, a PEM file",
           &Settings::tls_certificate),
      Text("tls-key", "its key, a PEM file that nobody else may read",
           &Settings::tls_key),
      Text("tls-client-authority",
           "who vouches for clients: certificates, a PEM file",
           &Settings::tls_client_authority),
      Text("client-certificates",
           "required, or optional where tokens are taken as well",
           &Settings::client_certificates),
      Toggle("common-names",
             "take a certificate's common name where it has no SPIFFE ID",
             &Settings::common_names),
      Text("token-issuer", "who signs bearer tokens: their iss",
           &Settings::token_issuer),
      Text("token-audience", "whom tokens must be for: their aud",
           &Settings::token_audience),
      Text("token-algorithms", "of RS256, ES256, EdDSA, with commas between",
           &Settings::token_algorithms),
      Text("token-keys", "the issuer's public keys, a JWKS or PEM file",
           &Settings::token_keys),
      Text("administrator",
           "the principal that registers parties and binds the first others",
           &Settings::administrator),
      Text("audit-file",
           "append the audit trail to this file; empty: audit.jsonl in the "
           "data folder where callers are asked who they are",
           &Settings::audit_file),
      Number("audit-bytes-max", "of one file of the audit trail",
             &Settings::audit_bytes_max, 1'024, int64_t{1} << 40),
      Number("calls-per-second", "of one principal; 0: any number",
             &Settings::calls_per_second, 0, 1'000'000),
      Number("calls-at-once", "of one principal", &Settings::calls_at_once, 1,
             1'000'000),
      Number("events-per-second", "of one principal; 0: any number",
             &Settings::events_per_second, 0, 1'000'000'000),
      Number("streams-per-principal",
             "streams and watches that one has open at once",
             &Settings::streams_per_principal, 1, 100'000),
      Number("connection-idle-seconds",
             "after which a connection without calls ends",
             &Settings::connection_idle_seconds, 1, 604'800),
  };
}

std::vector<Setting> MakeRunning() {
  return {
      Toggle("strict", "no short and no overdraw, whatever a profile permits",
             &Settings::strict),
      Toggle("test-mode", "ledgers in memory by name, for tests",
             &Settings::test_mode),
      Number("request-bytes-max", "bytes of one request",
             &Settings::request_bytes_max, 1'024, kRequestBytesMax),
      Number("events-per-request-max", "events of one request",
             &Settings::events_per_request_max, 1, kEventsPerRequestMax),
      Number("window-batches", "unanswered batches of one stream",
             &Settings::window_batches, 1, 1'024),
      Number("streams-max", "streams and watches open at once",
             &Settings::streams_max, 1, 100'000),
      Number("connection-age-seconds",
             "after which a connection ends when its calls have",
             &Settings::connection_age_seconds, 1, 604'800),
      Number("read-threads", "threads that answer reads",
             &Settings::read_threads, 1, 256),
      Number("tick-seconds", "how often overdue shipments are looked for",
             &Settings::tick_seconds, 1, 3'600),
      Number("checkpoint-seconds", "how often the log's head is signed",
             &Settings::checkpoint_seconds, 1, 86'400),
      Number("snapshot-events",
             "events between two snapshots of the state; 0: only when it stops",
             &Settings::snapshot_events, 0, 1'000'000'000'000),
      Number("snapshots-kept", "snapshots of the state that are kept",
             &Settings::snapshots_kept, 1, 1'000),
      Number("drain-seconds", "how long calls may take to end on SIGTERM",
             &Settings::drain_seconds, 0, 3'600),
  };
}

std::vector<Setting> MakeAll() {
  std::vector<Setting> all = MakePlaces();
  for (auto* make : {MakeSecurity, MakeRunning}) {
    for (const Setting& setting : make()) all.push_back(setting);
  }
  return all;
}

std::optional<bool> ParseToggle(std::string_view text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

std::optional<int64_t> ParseNumber(std::string_view text) {
  int64_t number = 0;
  const auto parsed =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

absl::Status Apply(const Setting& setting, const std::string& value,
                   std::string_view origin, Settings* out) {
  if (setting.text != nullptr) {
    out->*setting.text = value;
    return absl::OkStatus();
  }
  if (setting.toggle != nullptr) {
    const std::optional<bool> toggle = ParseToggle(value);
    if (toggle.has_value()) {
      out->*setting.toggle = *toggle;
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(
        fmt::format("{} ({}): got \"{}\", must be true or false", setting.name,
                    origin, value));
  }
  const std::optional<int64_t> number = ParseNumber(value);
  if (number.has_value() && setting.least <= *number &&
      *number <= setting.most) {
    out->*setting.number = *number;
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      fmt::format("{} ({}): got \"{}\", must be {} to {}", setting.name, origin,
                  value, setting.least, setting.most));
}

std::string ValueOf(const Setting& setting, const Settings& settings) {
  if (setting.toggle != nullptr) {
    return settings.*setting.toggle ? "true" : "false";
  }
  if (setting.number != nullptr) {
    return std::to_string(settings.*setting.number);
  }
  std::string quoted = "\"";
  for (const char c : settings.*setting.text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::string Setting::variable() const {
  std::string variable = "TALLY_";
  for (const char c : name) {
    variable += c == '-' ? '_' : static_cast<char>(c - 'a' + 'A');
  }
  return variable;
}

const std::vector<Setting>& AllSettings() {
  static const std::vector<Setting> all = MakeAll();
  return all;
}

std::string EffectiveSettings::ToString() const {
  std::string text;
  for (const Setting& setting : AllSettings()) {
    text += fmt::format("{} = {}  # {}\n", setting.name,
                        ValueOf(setting, settings), origins.at(setting.name));
  }
  return text;
}

Given ReadEnvironment(
    const std::function<std::optional<std::string>(const std::string&)>&
        variable) {
  Given given;
  for (const Setting& setting : AllSettings()) {
    std::optional<std::string> value = variable(setting.variable());
    if (value.has_value()) given[setting.name] = *std::move(value);
  }
  return given;
}

absl::StatusOr<EffectiveSettings> Combine(const Given& flags,
                                          const Given& environment,
                                          const Given& file) {
  EffectiveSettings effective;
  for (const Setting& setting : AllSettings()) {
    std::string& origin = effective.origins[setting.name];
    origin = "default";
    // The last one that is there counts.
    for (const auto& [given, name] :
         {std::pair(&file, "file"), std::pair(&environment, "environment"),
          std::pair(&flags, "flag")}) {
      const auto found = given->find(setting.name);
      if (found == given->end()) continue;
      RETURN_IF_ERROR(Apply(setting, found->second, name, &effective.settings));
      origin = name;
    }
  }
  return effective;
}

}  // namespace tally::services
