// Texts that a client keeps for us: encrypted, so that it cannot read them,
// and authenticated, so that only what we made comes back. AES-256-GCM; the
// nonce follows from the text, so the same text gives the same bytes, and two
// texts never share one.

#ifndef TALLY_SERVICES_IDENTITY_SEALED_TEXT_H_
#define TALLY_SERVICES_IDENTITY_SEALED_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

namespace tally::identity {

// Bytes of a key.
inline constexpr size_t kSealKeyBytes = 32;

// A key that follows from another one, for `purpose` alone: HMAC-SHA256.
std::string DeriveKey(std::string_view key, std::string_view purpose);

// `bound` is not in the answer, but opens it: what the text is good for.
std::string SealText(std::string_view key, std::string_view bound,
                     std::string_view text);

// nullopt for what SealText() did not make with this key and `bound`.
std::optional<std::string> OpenText(std::string_view key,
                                    std::string_view bound,
                                    std::string_view sealed);

}  // namespace tally::identity

#endif  // TALLY_SERVICES_IDENTITY_SEALED_TEXT_H_
