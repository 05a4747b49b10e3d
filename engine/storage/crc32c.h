// CRC-32C (Castagnoli): finds damage in what was stored. It finds accidents,
// not forgeries; those are what the Merkle tree is for.

#ifndef TALLY_ENGINE_STORAGE_CRC32C_H_
#define TALLY_ENGINE_STORAGE_CRC32C_H_

#include <cstdint>
#include <string_view>

namespace tally {

// Of `bytes`, or of everything so far with `bytes` added to it.
uint32_t Crc32c(std::string_view bytes, uint32_t so_far = 0);

// As Crc32c(), without the processor's instruction: for tests.
uint32_t PortableCrc32c(std::string_view bytes, uint32_t so_far = 0);

}  // namespace tally

#endif  // TALLY_ENGINE_STORAGE_CRC32C_H_
