#include "tests/faults/story.h"

#include <utility>

#include "engine/base/check.h"
#include "engine/ledger/balance_queries.h"
#include "engine/ledger/event_queries.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/shipment_queries.h"
#include "engine/ledger/statement_queries.h"
#include "engine/log/merkle_proof.h"
#include "fmt/format.h"
#include "tests/engine/ledger/ledger_fixture.h"

namespace tally::faults {
namespace {

using Batches = std::vector<std::unique_ptr<Batch>>;

constexpr std::string_view kSites[] = {"mill", "shop"};
constexpr std::string_view kShipments[] = {"S1", "S2", "S3", "S4", "S5"};
// More than a tile of the tree has leaves.
constexpr int kManyReceipts = 300;

Batches One(BatchOf* batch) {
  Batches batches;
  batches.push_back(batch->Take());
  return batches;
}

Batches World() {
  static constexpr Role kRoles[] = {Role::kOperator};
  BatchOf batch;
  batch.Add("scheme", DefineScheme{.profile = R"({"scheme": "s",
                "models": {"MASS_BALANCE": {}},
                "certificate": {"required": false},
                "confirm_within_days": 30})"});
  batch.Add("miller", RegisterParty{.party = "miller", .roles = kRoles});
  batch.Add("keeper", RegisterParty{.party = "keeper", .roles = kRoles});
  batch.Add("oil",
            DefineProduct{.product = "oil", .unit = "KGM", .decimals = 0});
  batch.Add("mill", RegisterSite{.site = "mill", .party = "miller"});
  batch.Add("shop", RegisterSite{.site = "shop", .party = "keeper"});
  return One(&batch);
}

Batches FirstReceipt() {
  BatchOf batch;
  batch.Add("r1", OilIn("mill", "100"));
  return One(&batch);
}

Ship Between(Batch* batch, std::string_view shipment,
             std::string_view quantity) {
  Ship ship = OilOut(batch, shipment, "mill", quantity);
  ship.to_external = {};
  ship.to_site = "shop";
  return ship;
}

// Several in one group: one that is accepted, one that is refused, one of
// which nothing may stay, one that is judged only.
Batches Together() {
  Batches batches;
  BatchOf sent;
  sent.Add("S1", Between(sent.batch(), "S1", "10"));
  batches.push_back(sent.Take());
  BatchOf refused;
  refused.Add("S9", OilOut(refused.batch(), "S9", "mill", "1000"));
  batches.push_back(refused.Take());
  BatchOf none;
  none.AllOrNone();
  none.Add("S8", OilOut(none.batch(), "S8", "mill", "1"));
  none.Add("S9", OilOut(none.batch(), "S9", "mill", "1000"));
  batches.push_back(none.Take());
  BatchOf judged;
  judged.ValidateOnly();
  judged.Add("S7", OilOut(judged.batch(), "S7", "mill", "1"));
  batches.push_back(judged.Take());
  return batches;
}

Batches Many() {
  BatchOf batch;
  for (int i = 0; i < kManyReceipts; ++i) {
    batch.Add(fmt::format("many{}", i), OilIn("mill", "1"));
  }
  return One(&batch);
}

// What was accepted before is repeated beside what is new.
Batches Again() {
  BatchOf batch;
  batch.Add("r1", OilIn("mill", "100"));
  batch.Add("r2", OilIn("shop", "50"));
  return One(&batch);
}

Batches Both() {
  BatchOf batch;
  batch.AllOrNone();
  batch.Add("S2", OilOut(batch.batch(), "S2", "mill", "20"));
  batch.Add("S3", Between(batch.batch(), "S3", "5"));
  return One(&batch);
}

Batches Backdated() {
  BatchOf batch;
  batch.Add("r3", OilIn("shop", "7"), "2024-12-24");
  batch.Add("S4", OilOut(batch.batch(), "S4", "shop", "30"));
  return One(&batch);
}

// By now the shipments that nobody confirmed lapse, in the same group.
Batches AfterTheLapse() {
  BatchOf batch;
  batch.Add("S5", OilOut(batch.batch(), "S5", "mill", "370"), "2025-04-01");
  return One(&batch);
}

void PortrayBalances(const Ledger& ledger, std::string_view site,
                     std::string* out) {
  BalanceQuestion question{.site = site,
                           .product = "oil",
                           .scheme = kOilClaim.scheme,
                           .model = kOilClaim.model};
  const auto now = GetBalance(ledger, question);
  *out += now.ok() ? now->balance.amount.ToString() : now.status().ToString();
  StatementQuestion statement{.account = question, .page = {.size = 1000}};
  const auto answer = GetStatement(ledger, statement);
  if (!answer.ok()) {
    *out += "\n" + answer.status().ToString() + "\n";
    return;
  }
  *out +=
      fmt::format(" statement {} to {}\n", answer->opening.amount.ToString(),
                  answer->closing.amount.ToString());
  for (const StatementEntry& entry : answer->page.items) {
    *out += fmt::format(" {}:{}={}", entry.position, entry.delta.ToString(),
                        entry.balance.ToString());
  }
  *out += "\n";
}

void PortrayEvents(const Ledger& ledger, std::string* out) {
  const Position end = ledger.standing().tree_size();
  for (Position position = 0; position < end; ++position) {
    const auto at = GetEventAt(ledger, position);
    if (!at.ok()) {
      *out += at.status().ToString();
      return;
    }
    const auto found = GetEvent(ledger, at->event.event.id);
    *out +=
        fmt::format(" {}", found.ok() ? std::to_string(found->event.position)
                                      : found.status().ToString());
  }
}

}  // namespace

const std::vector<StoryStep>& TheStory() {
  static const std::vector<StoryStep> steps = {
      {"world", "2025-02-01", false, false, World},
      {"first receipt", "2025-02-02", false, false, FirstReceipt},
      {"together", "2025-02-03", false, true, Together},
      {"many", "2025-02-04", false, false, Many},
      {"again", "2025-02-05", true, false, Again},
      {"both or none", "2025-02-06", false, false, Both},
      {"backdated", "2025-02-07", false, true, Backdated},
      {"after the lapse", "2025-04-08", true, false, AfterTheLapse},
  };
  return steps;
}

std::vector<BatchResult> Tell(const StoryStep& step, ManualClock* clock,
                              Ledger* ledger) {
  clock->Set(Instant(Day(step.date)));
  Batches batches = step.batches();
  std::vector<BatchResult> results(batches.size());
  for (size_t i = 0; i < batches.size(); ++i) {
    BatchResult* const place = &results[i];
    const absl::Status submitted = ledger->Submit(
        std::move(batches[i]),
        [place](BatchResult result) { *place = std::move(result); });
    if (!submitted.ok()) place->status = submitted;
  }
  ledger->RunUntilIdle();
  return results;
}

std::string Portray(const Ledger& ledger) {
  const int64_t size = ledger.standing().tree_size();
  std::string out = fmt::format("tree of {}: ", size);
  const auto root = RootAt(ledger.reader().journal().tree(), size);
  if (!root.ok()) return out + root.status().ToString();
  for (const uint8_t byte : *root) out += fmt::format("{:02x}", byte);
  out += "\n";
  for (const std::string_view site : kSites) {
    out += fmt::format("{}: ", site);
    PortrayBalances(ledger, site, &out);
  }
  for (const std::string_view shipment : kShipments) {
    const auto answer = GetShipment(ledger, shipment);
    out += fmt::format(
        "{}: {}\n", shipment,
        answer.ok() ? std::to_string(static_cast<int>(answer->shipment.state))
                    : answer.status().ToString());
  }
  PortrayEvents(ledger, &out);
  return out + "\n";
}

std::string Describe(const std::vector<BatchResult>& results, bool as_first) {
  std::string out;
  for (const BatchResult& result : results) {
    if (!result.status.ok()) out += result.status.ToString() + "\n";
    for (const Outcome& outcome : result.outcomes) {
      out += fmt::format("{} {} {}{}; ", CodeName(outcome.code),
                         outcome.position, outcome.recorded_at.micros(),
                         outcome.repeated && !as_first ? " again" : "");
    }
    out += "\n";
  }
  return out;
}

Expected TellInMemory() {
  ManualClock clock;
  auto ledger =
      Ledger::Open({.clock = &clock, .threading = Threading::kCallerRuns});
  TALLY_CHECK(ledger.ok());
  Expected expected;
  expected.portraits.push_back(Portray(**ledger));
  for (const StoryStep& step : TheStory()) {
    const std::vector<BatchResult> results = Tell(step, &clock, ledger->get());
    expected.results.push_back(Describe(results, /*as_first=*/true));
    expected.portraits.push_back(Portray(**ledger));
  }
  return expected;
}

}  // namespace tally::faults
