// Ledgers in memory by name, for tests against a running server.
//
// A call names its ledger in the metadata `tally-test-ledger`; the first call
// of a name makes it, strict where that call says `tally-test-strict: true`.
// `tally-test-recorded-at` (RFC 3339) sets when its events are recorded.
// A bounded number is kept; the oldest goes first.

#ifndef TALLY_SERVICES_TEST_LEDGERS_H_
#define TALLY_SERVICES_TEST_LEDGERS_H_

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/clock.h"
#include "engine/base/mutex.h"
#include "services/ledger_source.h"

namespace tally::services {

inline constexpr size_t kTestLedgersMax = 64;

class TestLedgers final : public LedgerSource {
 public:
  // The clock must outlive it. `strict`: all of them are.
  explicit TestLedgers(const Clock* clock, bool strict = false,
                       size_t ledgers_max = kTestLedgersMax);
  // Close()s.
  ~TestLedgers() override;

  absl::StatusOr<LedgerAccess> For(
      const grpc::ServerContextBase& context) override;
  void Tick() override;
  void MakeCheckpoint() override;
  absl::Status writes() const override { return absl::OkStatus(); }
  void Close() override;

 private:
  absl::StatusOr<std::shared_ptr<Ledger>> FindOrOpen(const std::string& name,
                                                     bool strict);
  std::vector<std::shared_ptr<Ledger>> All() const;
  void DropOldest() TALLY_REQUIRES(mutex_);

  const Clock* const clock_;
  const bool strict_;
  const size_t ledgers_max_;
  mutable Mutex mutex_;
  bool closed_ TALLY_GUARDED_BY(mutex_) = false;
  absl::flat_hash_map<std::string, std::shared_ptr<Ledger>> ledgers_
      TALLY_GUARDED_BY(mutex_);
  std::deque<std::string> by_age_ TALLY_GUARDED_BY(mutex_);
  // Dropped, and kept until no call uses them: a ledger must not end on a
  // thread of its own.
  std::vector<std::shared_ptr<Ledger>> dropped_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_TEST_LEDGERS_H_
