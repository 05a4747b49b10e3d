#include "engine/base/base64.h"

#include "absl/strings/escaping.h"
#include "engine/base/strings.h"

namespace tally {

std::string Base64(std::string_view bytes) {
  return absl::Base64Escape(ToAbsl(bytes));
}

std::optional<std::string> ParseBase64(std::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(ToAbsl(text), &bytes)) return std::nullopt;
  // The library also takes white space, missing padding and stray bits.
  if (Base64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace tally
