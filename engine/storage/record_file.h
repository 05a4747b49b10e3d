// RocksDB's files of records, read strictly: its write-ahead logs, and the
// manifests that say which files a database has.
//
// RocksDB takes a record that is longer than what is left of the file for one
// that a crash cut off, and goes by what precedes it. So one flipped bit in a
// length can hide all that follows. The record's checksum tells the two apart:
// it fits the bytes that are there once the bit is flipped back.

#ifndef TALLY_ENGINE_STORAGE_RECORD_FILE_H_
#define TALLY_ENGINE_STORAGE_RECORD_FILE_H_

#include <string>

#include "absl/status/status.h"

namespace tally {

// DATA_LOSS names the byte at which a record is not what was written. A record
// that was cut off at the file's end is none.
absl::Status CheckRecordFile(const std::string& path);

// All such files of a database; those that a writer removes meanwhile are left
// out. OK where there is no such directory.
absl::Status CheckRecordFiles(const std::string& directory);

}  // namespace tally

#endif  // TALLY_ENGINE_STORAGE_RECORD_FILE_H_
