// The forms that text on the wire must have. Ids are the model's: ids.h.

#ifndef TALLY_SERVICES_WIRE_TEXT_H_
#define TALLY_SERVICES_WIRE_TEXT_H_

#include <string>
#include <string_view>

namespace tally::wire {

// Whole UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
bool IsUtf8(std::string_view text);

// UTF-8 without control characters, of one line or, with `lines`, of several.
bool IsText(std::string_view text, bool lines);

bool IsCountryCode(std::string_view text);  // two of A-Z
bool IsUnitCode(std::string_view text);     // two or three of A-Z 0-9
bool IsWord(std::string_view text);         // 1 to 64 of A-Z 0-9 _

// Legal Entity Identifier, ISO 17442: 20 of A-Z 0-9 whose check digits hold
// (ISO 7064, MOD 97-10).
bool IsLei(std::string_view text);
// Global Location Number: 13 digits whose check digit holds (GS1).
bool IsGln(std::string_view text);

// For messages: at most `bytes` of it, what is not printable ASCII as \xNN.
std::string Quoted(std::string_view text, size_t bytes);

}  // namespace tally::wire

#endif  // TALLY_SERVICES_WIRE_TEXT_H_
