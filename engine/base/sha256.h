// SHA-256, by OpenSSL.

#ifndef TALLY_ENGINE_BASE_SHA256_H_
#define TALLY_ENGINE_BASE_SHA256_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace tally {

using Sha256Digest = std::array<uint8_t, 32>;

// Of the concatenation of up to three pieces, without copying them together.
Sha256Digest Sha256(std::string_view first, std::string_view second = {},
                    std::string_view third = {});

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_SHA256_H_
