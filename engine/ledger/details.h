// Texts that must be erasable, kept beside the log: names, addresses, contents
// of documents. The log has only their references, which are salted hashes, so
// erasing a text leaves every proof of the log as it is, and with the salt
// gone nobody can tell by guessing what the text was.
//
// A RocksDB directory of its own. That a text was erased, when and why, stays.
// Beside its files lies a mark of how many writes were acknowledged, as beside
// those of the log: a store that has fewer has lost some. Thread-safe.

#ifndef TALLY_ENGINE_LEDGER_DETAILS_H_
#define TALLY_ENGINE_LEDGER_DETAILS_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/mutex.h"
#include "engine/base/sha256.h"
#include "engine/log/durable_mark.h"
#include "engine/model/indices.h"
#include "engine/storage/database.h"

namespace tally {

inline constexpr size_t kDetailsBytesMax = size_t{64} << 10;
inline constexpr size_t kEraseReasonBytesMax = 200;

struct Erasure {
  Instant at;
  std::string reason;
};

struct DetailsRow {
  std::string salt;  // 32 bytes
  std::string text;
  std::optional<Erasure> erased;  // then there is neither
};

class Details {
 public:
  // NOT_FOUND where there is none, unless it is to be made. DATA_LOSS where
  // writes that were acknowledged are not there.
  static absl::StatusOr<std::unique_ptr<Details>> Open(
      const std::string& directory, OpenMode mode);

  // Durable once it returns: the reference of the text. `salt` is random and
  // used for nothing else.
  absl::StatusOr<std::string> Put(const Sha256Digest& salt,
                                  std::string_view text);
  // NOT_FOUND, INVALID_ARGUMENT for what is no reference, or DATA_LOSS for a
  // text that is not the one that was put.
  absl::StatusOr<DetailsRow> Get(std::string_view reference) const;
  // The text and its salt are in no file any more once it returns.
  absl::StatusOr<Erasure> Erase(std::string_view reference,
                                const Erasure& erasure);

  // What is wrong with the files or any of the rows.
  absl::StatusOr<std::vector<std::string>> Verify() const;

 private:
  explicit Details(std::unique_ptr<Database> database)
      : database_(std::move(database)) {}

  // A row that is durable once it returns, and is marked as acknowledged.
  absl::Status Write(std::string_view reference, const std::string& value,
                     std::string_view doing) TALLY_EXCLUDES(mutex_);
  absl::Status CheckStamp(OpenMode mode);
  absl::Status OpenMark() TALLY_EXCLUDES(mutex_);
  // How many writes there are.
  Position writes() const;
  absl::Status PurgeFiles();

  const std::unique_ptr<Database> database_;
  Mutex mutex_;
  // None where it is open to be read only.
  std::unique_ptr<DurableMark> mark_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_DETAILS_H_
