#include "services/security_settings.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_split.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"

namespace tally::services {
namespace {

absl::Status Bad(std::string_view why) {
  return absl::InvalidArgumentError(ToAbsl(why));
}

// Either all of them are given or none.
absl::Status Together(std::string_view names,
                      const std::vector<std::string>& values) {
  size_t given = 0;
  for (const std::string& value : values) given += value.empty() ? 0 : 1;
  if (given == 0 || given == values.size()) return absl::OkStatus();
  return Bad(fmt::format("{}: give all of them, or none", names));
}

absl::StatusOr<std::vector<identity::Algorithm>> ReadAlgorithms(
    const std::string& text) {
  std::vector<identity::Algorithm> algorithms;
  if (text.empty()) return algorithms;
  for (const std::string& name :
       std::vector<std::string>(absl::StrSplit(text, ','))) {
    identity::Algorithm algorithm;
    if (!identity::ParseAlgorithm(name, &algorithm)) {
      return Bad(fmt::format(
          "token-algorithms: got \"{}\", must be of RS256, ES256, EdDSA",
          name));
    }
    algorithms.push_back(algorithm);
  }
  return algorithms;
}

absl::Status CheckClients(const Settings& settings, bool required) {
  if (!required && settings.client_certificates != "optional") {
    return Bad(fmt::format(
        "client-certificates: got \"{}\", must be required or optional",
        settings.client_certificates));
  }
  if (settings.tls_certificate.empty()) return absl::OkStatus();
  if (required && settings.tls_client_authority.empty()) {
    return Bad(
        "tls-client-authority: must be given where client certificates are "
        "required");
  }
  if (!required && settings.token_issuer.empty()) {
    return Bad(
        "client-certificates: may be optional only where tokens are taken");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SecurityOptions> SecurityOf(const Settings& settings) {
  RETURN_IF_ERROR(Together("tls-certificate, tls-key",
                           {settings.tls_certificate, settings.tls_key}));
  RETURN_IF_ERROR(
      Together("token-issuer, token-audience, token-algorithms, token-keys",
               {settings.token_issuer, settings.token_audience,
                settings.token_algorithms, settings.token_keys}));
  const bool required = settings.client_certificates == "required";
  RETURN_IF_ERROR(CheckClients(settings, required));
  SecurityOptions options;
  options.tls = {.certificate = settings.tls_certificate,
                 .key = settings.tls_key,
                 .client_authority = settings.tls_client_authority,
                 .clients = required ? identity::ClientCertificates::kRequired
                                     : identity::ClientCertificates::kOptional};
  options.common_names = settings.common_names;
  options.tokens.issuer = settings.token_issuer;
  options.tokens.audience = settings.token_audience;
  options.tokens.keys_file = settings.token_keys;
  ASSIGN_OR_RETURN(options.tokens.algorithms,
                   ReadAlgorithms(settings.token_algorithms));
  options.administrator = settings.administrator;
  options.calls_per_second = settings.calls_per_second;
  options.calls_at_once = settings.calls_at_once;
  options.events_per_second = settings.events_per_second;
  options.audit.file = settings.audit_file;
  options.audit.bytes_max = settings.audit_bytes_max;
  if (!options.administrator.empty() && options.IsOpen()) {
    return Bad(
        "administrator: nobody can prove to be one without TLS or tokens");
  }
  return options;
}

}  // namespace tally::services
