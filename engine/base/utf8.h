// UTF-8: whether bytes are, and what of them can be shown.

#ifndef TALLY_ENGINE_BASE_UTF8_H_
#define TALLY_ENGINE_BASE_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tally {

// Whether the text is well-formed (RFC 3629): no overlong forms, no
// surrogates, nothing above U+10FFFF.
bool IsUtf8(std::string_view text);

// At most `bytes_max` bytes of a text for a message, cut before a character
// and then marked by "..."; what is no UTF-8 or a control character becomes
// '?'.
std::string Shown(std::string_view text, size_t bytes_max);

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_UTF8_H_
