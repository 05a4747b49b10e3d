// A program outside the repository that uses the installed engine: it posts
// an event to a ledger of its own, twice, and asks for it.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include "engine/base/clock.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/registry_queries.h"

namespace {

int Fail(const char* what, const absl::Status& status) {
  std::printf("%s: %s\n", what, status.ToString().c_str());
  return 1;
}

}  // namespace

int main() {
  std::filesystem::remove_all("data");
  tally::ManualClock clock;
  clock.Set(*tally::ParseInstant("2025-03-01T12:00:00Z"));
  const tally::Role roles[] = {tally::Role::kOperator};
  const tally::RegisterParty mill = {
      .party = "mill", .name = "A mill", .roles = roles};
  auto ledger = tally::Ledger::Open({.directory = "data", .clock = &clock});
  if (!ledger.ok()) return Fail("open", ledger.status());
  for (const bool again : {false, true}) {
    auto batch = std::make_unique<tally::Batch>();
    batch->events.push_back({.id = tally::UuidOfName("my first event"),
                             .occurred_at = clock.Now(),
                             .body = batch->arena.New(mill)});
    tally::BatchResult result = (*ledger)->Post(std::move(batch));
    if (!result.status.ok()) return Fail("post", result.status);
    if (result.outcomes.size() != 1 || !result.outcomes[0].accepted() ||
        result.outcomes[0].repeated != again) {
      return Fail("outcome", absl::InternalError("not as expected"));
    }
  }
  const auto found = tally::GetParty(**ledger, "mill");
  if (!found.ok()) return Fail("ask", found.status());
  std::printf("%s at position %lld\n", found->thing.name.c_str(),
              static_cast<long long>(found->standing.as_of));
  return found->thing.name == "A mill" ? 0 : 1;
}
