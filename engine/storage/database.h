// One RocksDB directory and its column families, opened together.
//
// Log and index each have a Database of their own: the log is the truth, and
// a write stall of the index must not hold up an append. What is the same for
// both is here: opening with messages that a person can act on, the injected
// file system, and the stamp that tells which format and whose ledger it is.
//
// Thread-safe once open, as RocksDB is.

#ifndef TALLY_ENGINE_STORAGE_DATABASE_H_
#define TALLY_ENGINE_STORAGE_DATABASE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"

namespace tally {

enum class OpenMode : uint8_t {
  kExisting,         // NOT_FOUND where there is none
  kCreateIfMissing,  // the directory itself, too; not the one above it
  kReadOnly,         // writes nothing; several may be open beside a writer
};

struct ColumnFamily {
  std::string name;
  rocksdb::ColumnFamilyOptions options;
};

struct DatabaseOptions {
  OpenMode mode = OpenMode::kExisting;
  // Of the whole database. Which files it sees is `rocks.env`'s business:
  // tests inject a faulty one. Must outlive the database.
  rocksdb::DBOptions rocks;
};

// RocksDB's own settings that every database of ours starts from.
rocksdb::DBOptions DefaultRocksOptions();

class Database {
 public:
  // Besides `families`, which may be new to the directory, there is always
  // RocksDB's default one; it holds what is written once: the stamp.
  static absl::StatusOr<std::unique_ptr<Database>> Open(
      const std::string& directory, std::span<const ColumnFamily> families,
      const DatabaseOptions& options);

  // Closes: what is in memory only is written first.
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB* rocks() const { return rocks_.get(); }
  // The family at `index` in the list given to Open().
  rocksdb::ColumnFamilyHandle* family(size_t index) const {
    return families_[index];
  }
  rocksdb::ColumnFamilyHandle* meta() const {
    return rocks_->DefaultColumnFamily();
  }
  const std::string& directory() const { return directory_; }

  // A value of the default family; nullopt where there is none.
  absl::StatusOr<std::optional<std::string>> GetMeta(
      std::string_view key) const;

 private:
  Database(std::string directory, std::unique_ptr<rocksdb::DB> rocks,
           std::vector<rocksdb::ColumnFamilyHandle*> families);

  const std::string directory_;
  const std::unique_ptr<rocksdb::DB> rocks_;
  // Owned by hand: RocksDB wants them given back before it closes.
  const std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

// What a directory says of itself: the version of its format, and the ledger
// that it belongs to.
struct Stamp {
  uint32_t format = 0;
  Uuid ledger;
};

// nullopt in a directory that was just created.
absl::StatusOr<std::optional<Stamp>> ReadStamp(const Database& database);
absl::Status WriteStamp(const Stamp& stamp, Database* database);

// FAILED_PRECONDITION when `stamp` is of a newer format than `newest`, or
// older than `oldest`.
absl::Status CheckFormat(const Stamp& stamp, uint32_t oldest, uint32_t newest,
                         std::string_view what, const std::string& directory);

inline rocksdb::Slice ToSlice(std::string_view text) {
  return rocksdb::Slice(text.data(), text.size());
}
inline std::string_view ToStd(const rocksdb::Slice& slice) {
  return std::string_view(slice.data(), slice.size());
}

}  // namespace tally

#endif  // TALLY_ENGINE_STORAGE_DATABASE_H_
