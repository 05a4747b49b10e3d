// What a ledger's log is signed with, and who witnesses it.

#ifndef TALLY_ENGINE_LEDGER_SIGNING_OPTIONS_H_
#define TALLY_ENGINE_LEDGER_SIGNING_OPTIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "engine/base/ed25519.h"

namespace tally {

struct SigningOptions {
  // Where the key is kept, readable by its owner alone. Empty: the key lives
  // as long as the ledger is open.
  std::string key_file;
  // Fresh random bytes for a key that is made because there is none. Without
  // them and without a key file the ledger signs nothing.
  std::optional<Ed25519Seed> new_key;
  // The log's name for a key that is made: a URL without a scheme, such as
  // "example.org/ledger". Empty: one made of the ledger's identity.
  std::string origin;
  // Verifier keys of the witnesses whose signatures are taken.
  std::vector<std::string> witnesses;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_SIGNING_OPTIONS_H_
