#include "services/test_ledgers.h"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/model/ids.h"
#include "fmt/format.h"
#include "services/errors.h"
#include "services/wire/fields.h"
#include "services/wire/text.h"

namespace tally::services {
namespace {

// The ledger of calls that name none.
constexpr char kDefaultName[] = "default";

std::optional<std::string_view> Metadata(const grpc::ServerContextBase& context,
                                         const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return std::nullopt;
  return std::string_view(found->second.data(), found->second.size());
}

absl::Status BadMetadata(const char* key, std::string_view value,
                         std::string limit) {
  return BadField(fmt::format("metadata {}", key),
                  wire::Quoted(value, wire::kValueBytesMax), std::move(limit));
}

// A key of a ledger that ends with the process.
Ed25519Seed FreshKey() {
  Ed25519Seed seed;
  TALLY_CHECK(::getentropy(seed.data(), seed.size()) == 0);
  return seed;
}

}  // namespace

TestLedgers::TestLedgers(const Clock* clock, bool strict, size_t ledgers_max)
    : clock_(clock), strict_(strict), ledgers_max_(ledgers_max) {}

TestLedgers::~TestLedgers() { Close(); }

absl::StatusOr<LedgerAccess> TestLedgers::For(
    const grpc::ServerContextBase& context) {
  const std::string_view name =
      Metadata(context, kTestLedgerKey).value_or(kDefaultName);
  if (!IsId(name)) {
    return BadMetadata(kTestLedgerKey, name,
                       "1 to 64 of A-Z a-z 0-9 . _ : / -");
  }
  const std::string_view strict =
      Metadata(context, kTestStrictKey).value_or("false");
  if (strict != "true" && strict != "false") {
    return BadMetadata(kTestStrictKey, strict, "true or false");
  }
  LedgerAccess access = {.may_set_recorded_at = true};
  const auto recorded_at = Metadata(context, kTestRecordedAtKey);
  if (recorded_at.has_value()) {
    access.recorded_at = ParseInstant(*recorded_at);
    if (!access.recorded_at.has_value()) {
      return BadMetadata(kTestRecordedAtKey, *recorded_at,
                         "a time in RFC 3339, of the years 1900 to 2199");
    }
  }
  ASSIGN_OR_RETURN(access.ledger,
                   FindOrOpen(std::string(name), strict == "true"));
  return access;
}

absl::StatusOr<std::shared_ptr<Ledger>> TestLedgers::FindOrOpen(
    const std::string& name, bool strict) {
  MutexLock lock(&mutex_);
  const auto found = ledgers_.find(name);
  if (found != ledgers_.end()) return found->second;
  if (closed_) return Stopping();
  while (ledgers_.size() >= ledgers_max_) DropOldest();
  ASSIGN_OR_RETURN(std::unique_ptr<Ledger> opened,
                   Ledger::Open({.clock = clock_,
                                 .strict = strict || strict_,
                                 .allow_recorded_at = true,
                                 .signing = {.new_key = FreshKey()}}));
  std::shared_ptr<Ledger> ledger = std::move(opened);
  ledgers_.emplace(name, ledger);
  by_age_.push_back(name);
  return ledger;
}

void TestLedgers::DropOldest() {
  std::erase_if(dropped_, [](const std::shared_ptr<Ledger>& ledger) {
    return ledger.use_count() == 1;
  });
  const auto oldest = ledgers_.find(by_age_.front());
  dropped_.push_back(std::move(oldest->second));
  ledgers_.erase(oldest);
  by_age_.pop_front();
}

std::vector<std::shared_ptr<Ledger>> TestLedgers::All() const {
  MutexLock lock(&mutex_);
  std::vector<std::shared_ptr<Ledger>> all = dropped_;
  for (const auto& [name, ledger] : ledgers_) all.push_back(ledger);
  return all;
}

void TestLedgers::Tick() {
  // Time in scenarios is what their events say: nothing lapses by itself.
}

void TestLedgers::MakeCheckpoint() {
  // Each is signed when somebody asks for its checkpoint.
}

void TestLedgers::Close() {
  {
    MutexLock lock(&mutex_);
    closed_ = true;
  }
  for (const std::shared_ptr<Ledger>& ledger : All()) ledger->Close();
}

}  // namespace tally::services
