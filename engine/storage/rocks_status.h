// From RocksDB's status to ours: what a person can act on, with the place.

#ifndef TALLY_ENGINE_STORAGE_ROCKS_STATUS_H_
#define TALLY_ENGINE_STORAGE_ROCKS_STATUS_H_

#include <string_view>

#include "absl/status/status.h"
#include "rocksdb/status.h"

namespace tally {

// `doing` names the act: "append at position 17". OK stays OK; what RocksDB
// calls not found is NOT_FOUND, damage is DATA_LOSS, a full disk is
// RESOURCE_EXHAUSTED, a lock held elsewhere is FAILED_PRECONDITION, denied
// access is PERMISSION_DENIED, and the rest is UNAVAILABLE.
absl::Status FromRocks(const rocksdb::Status& status, std::string_view doing);

}  // namespace tally

#endif  // TALLY_ENGINE_STORAGE_ROCKS_STATUS_H_
