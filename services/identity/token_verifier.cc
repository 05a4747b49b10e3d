#include "services/identity/token_verifier.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "absl/strings/escaping.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace tally::identity {
namespace {

constexpr size_t kTokenBytesMax = 8'192;
constexpr size_t kSubjectBytesMax = 120;
constexpr int64_t kMicrosPerSecond = 1'000'000;
// How far the issuer's clock may be from ours.
constexpr int64_t kLeewaySeconds = 30;
// Times in tokens are bounded, so that sums of them cannot overflow.
constexpr int64_t kSecondsMax = int64_t{1} << 40;

absl::Status No(std::string_view why) {
  return absl::UnauthenticatedError(
      ToAbsl(fmt::format("the bearer token is not accepted: {}", why)));
}

// Canonical base64url without padding, as tokens are.
std::optional<std::string> Decode(std::string_view part) {
  std::string bytes;
  if (part.find('=') != std::string_view::npos ||
      !absl::WebSafeBase64Unescape(ToAbsl(part), &bytes) ||
      absl::WebSafeBase64Escape(bytes) != ToAbsl(part)) {
    return std::nullopt;
  }
  return bytes;
}

std::optional<nlohmann::json> DecodeObject(std::string_view part) {
  const std::optional<std::string> text = Decode(part);
  if (!text.has_value()) return std::nullopt;
  // Bounded by the token's own size; nesting by the parser's stack is not
  // recursive.
  nlohmann::json json =
      nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

std::string Text(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return "";
  return found->get<std::string>();
}

std::optional<int64_t> Seconds(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return std::nullopt;
  if (!found->is_number_integer()) return -1;
  const int64_t seconds = found->get<int64_t>();
  return seconds < 0 || seconds > kSecondsMax ? -1 : seconds;
}

bool Names(const nlohmann::json& claims, const std::string& audience) {
  const auto found = claims.find("aud");
  if (found == claims.end()) return false;
  if (found->is_string()) return found->get<std::string>() == audience;
  if (!found->is_array()) return false;
  return std::any_of(found->begin(), found->end(), [&](const auto& one) {
    return one.is_string() && one.template get<std::string>() == audience;
  });
}

// A principal's name is shown and stored: one line of plain text.
bool IsPlain(std::string_view text) {
  return !text.empty() && text.size() <= kSubjectBytesMax &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < '\x7f'; });
}

absl::StatusOr<std::string> CheckClaims(const nlohmann::json& claims,
                                        const std::string& issuer,
                                        const std::string& audience,
                                        int64_t now) {
  if (Text(claims, "iss") != issuer) return No("it has another issuer");
  if (!Names(claims, audience)) return No("it is for another audience");
  const std::optional<int64_t> expires = Seconds(claims, "exp");
  if (!expires.has_value()) return No("it never expires");
  if (*expires + kLeewaySeconds <= now) return No("it has expired");
  const std::optional<int64_t> begins = Seconds(claims, "nbf");
  if (begins.has_value() && (*begins < 0 || *begins - kLeewaySeconds > now)) {
    return No("it is not valid yet");
  }
  const std::string subject = Text(claims, "sub");
  if (!IsPlain(subject)) return No("it names no subject that can be used");
  return issuer + "#" + subject;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TokenVerifier>> TokenVerifier::Create(
    Options options) {
  if (options.issuer.empty() || options.audience.empty() ||
      options.algorithms.empty() || options.keys_file.empty()) {
    return absl::InvalidArgumentError(
        "tokens need all of: issuer, audience, algorithms, a file of keys");
  }
  std::unique_ptr<TokenVerifier> verifier(
      new TokenVerifier(std::move(options)));
  RETURN_IF_ERROR(verifier->Reload());
  return verifier;
}

absl::Status TokenVerifier::Reload() {
  std::ifstream file(options_.keys_file);
  std::ostringstream read;
  read << file.rdbuf();
  const std::string text = read.str();
  {
    MutexLock lock(&mutex_);
    if (keys_ != nullptr && text == seen_) return absl::OkStatus();
    seen_ = text;
  }
  absl::StatusOr<Keys> keys = ReadKeys(text);
  if (!keys.ok()) {
    return absl::InvalidArgumentError(ToAbsl(
        fmt::format("{}: {}", options_.keys_file, MessageOf(keys.status()))));
  }
  MutexLock lock(&mutex_);
  keys_ = std::make_shared<const Keys>(*std::move(keys));
  return absl::OkStatus();
}

std::shared_ptr<const TokenVerifier::Keys> TokenVerifier::CurrentKeys() {
  MutexLock lock(&mutex_);
  return keys_;
}

absl::Status TokenVerifier::CheckSignature(std::string_view header,
                                           std::string_view signed_,
                                           std::string_view signature) {
  const auto object = DecodeObject(header);
  const auto bytes = Decode(signature);
  if (!object.has_value() || !bytes.has_value()) return No("it is malformed");
  // Extensions that must be understood are not.
  if (object->contains("crit")) return No("it needs an extension");
  Algorithm algorithm;
  if (!ParseAlgorithm(Text(*object, "alg"), &algorithm) ||
      std::find(options_.algorithms.begin(), options_.algorithms.end(),
                algorithm) == options_.algorithms.end()) {
    return No("its algorithm is not one that is allowed");
  }
  const std::string id = Text(*object, "kid");
  const std::shared_ptr<const Keys> keys = CurrentKeys();
  for (const PublicKey& key : *keys) {
    if (key.algorithm != algorithm) continue;
    if (!id.empty() && !key.id.empty() && id != key.id) continue;
    if (Verifies(key, signed_, *bytes)) return absl::OkStatus();
  }
  return No("no known key has signed it");
}

absl::StatusOr<std::string> TokenVerifier::Verify(std::string_view token) {
  if (token.size() > kTokenBytesMax) return No("it is too long");
  const size_t first = token.find('.');
  const size_t second =
      first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos ||
      token.find('.', second + 1) != std::string_view::npos) {
    return No("it is malformed");
  }
  RETURN_IF_ERROR(CheckSignature(token.substr(0, first),
                                 token.substr(0, second),
                                 token.substr(second + 1)));
  const auto claims = DecodeObject(token.substr(first + 1, second - first - 1));
  if (!claims.has_value()) return No("it is malformed");
  const int64_t now = options_.clock->Now().micros() / kMicrosPerSecond;
  return CheckClaims(*claims, options_.issuer, options_.audience, now);
}

}  // namespace tally::identity
