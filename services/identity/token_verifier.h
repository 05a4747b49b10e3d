// Checks bearer tokens (JSON Web Tokens, RFC 7519 and RFC 8725).
//
// Issuer, audience, expiry and a list of algorithms are required; keys come
// from a file that is read again when it changes. Nothing in a token chooses
// how it is checked: the algorithm is that of the key. Thread-safe.

#ifndef TALLY_SERVICES_IDENTITY_TOKEN_VERIFIER_H_
#define TALLY_SERVICES_IDENTITY_TOKEN_VERIFIER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/clock.h"
#include "engine/base/mutex.h"
#include "services/identity/key_set.h"

namespace tally::identity {

class TokenVerifier {
 public:
  struct Options {
    std::string issuer;
    std::string audience;
    std::vector<Algorithm> algorithms;
    std::string keys_file;
    const Clock* clock = nullptr;  // must outlive it
  };

  // INVALID_ARGUMENT where an option is missing or the file is unusable.
  static absl::StatusOr<std::unique_ptr<TokenVerifier>> Create(Options options);

  // The principal: "ISSUER#SUBJECT". UNAUTHENTICATED says why not, and
  // nothing of the token's content.
  absl::StatusOr<std::string> Verify(std::string_view token);

  // Reads the file of keys again where it changed. A file that cannot be used
  // leaves the keys as they are; the error is told once for each change.
  absl::Status Reload() TALLY_EXCLUDES(mutex_);

 private:
  using Keys = std::vector<PublicKey>;

  explicit TokenVerifier(Options options) : options_(std::move(options)) {}

  std::shared_ptr<const Keys> CurrentKeys() TALLY_EXCLUDES(mutex_);
  absl::Status CheckSignature(std::string_view header, std::string_view signed_,
                              std::string_view signature);

  const Options options_;
  Mutex mutex_;
  std::shared_ptr<const Keys> keys_ TALLY_GUARDED_BY(mutex_);
  std::string seen_ TALLY_GUARDED_BY(mutex_);  // the file, as it was read last
};

}  // namespace tally::identity

#endif  // TALLY_SERVICES_IDENTITY_TOKEN_VERIFIER_H_
