// The file that keeps a log's signing key: one line, readable by its owner
// alone. Who can read it can sign in the log's name.

#ifndef TALLY_ENGINE_LOG_KEY_FILE_H_
#define TALLY_ENGINE_LOG_KEY_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/log/note_key.h"

namespace tally {

// NOT_FOUND where there is no such file, PERMISSION_DENIED where others than
// its owner may read or write it, INVALID_ARGUMENT where it holds no key.
absl::StatusOr<SigningKey> ReadKeyFile(const std::string& path);

// Makes it durable before it is used. ALREADY_EXISTS where there is one.
absl::Status CreateKeyFile(const std::string& path, const SigningKey& key);

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_KEY_FILE_H_
