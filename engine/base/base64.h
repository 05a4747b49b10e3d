// Base64 of RFC 4648, section 4, with padding: one text for each sequence of
// bytes.

#ifndef TALLY_ENGINE_BASE_BASE64_H_
#define TALLY_ENGINE_BASE_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

namespace tally {

std::string Base64(std::string_view bytes);

// nullopt for everything that Base64() would not write.
std::optional<std::string> ParseBase64(std::string_view text);

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_BASE64_H_
