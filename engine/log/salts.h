// Salts for records: bytes that nobody can guess, so that neither can anybody
// guess a record from its leaf hash. They are the key stream of ChaCha20 from
// a random seed, which costs next to nothing a record, and repeats exactly
// where a run is to be repeated.

#ifndef TALLY_ENGINE_LOG_SALTS_H_
#define TALLY_ENGINE_LOG_SALTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/base/sha256.h"
#include "openssl/types.h"

namespace tally {

inline constexpr size_t kSaltBytes = 16;

// Used by one thread.
class Salts {
 public:
  // 32 random bytes that are used for nothing else. None: no salts.
  explicit Salts(const std::optional<Sha256Digest>& seed);
  ~Salts();
  Salts(const Salts&) = delete;
  Salts& operator=(const Salts&) = delete;

  // The next one, valid until the one after; "" where there is no seed.
  std::string_view Next();

 private:
  static constexpr size_t kBlockBytes = 4096;

  void Fill();

  EVP_CIPHER_CTX* const cipher_;  // keyed with the seed; nullptr without
  uint64_t block_ = 0;
  size_t used_ = kBlockBytes;
  std::array<char, kBlockBytes> bytes_{};
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_SALTS_H_
