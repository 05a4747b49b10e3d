// A ledger comes back from its log as it was, or says where the log is
// damaged.

#include <string>
#include <vector>

#include "engine/ledger/balance_queries.h"
#include "engine/ledger/event_queries.h"
#include "engine/ledger/memory_tables.h"
#include "engine/ledger/shipment_queries.h"
#include "engine/log/memory_journal.h"
#include "engine/log/record_codec.h"
#include "engine/rules/rules_version.h"
#include "tests/engine/ledger/borrowed_journal.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

class RecoveryTest : public LedgerFixture {
 protected:
  absl::StatusOr<std::unique_ptr<Ledger>> Reopen(Journal* journal) {
    auto storage = std::make_unique<Storage>();
    storage->journal = std::make_unique<BorrowedJournal>(journal);
    storage->tables = std::make_unique<MemoryTables>();
    return Ledger::OpenOn(std::move(storage), {.clock = &clock_});
  }

  // Appends one event as if a ledger had accepted it.
  template <typename Kind>
  static void AppendRecord(std::string_view name, const Kind& body,
                           const Decision& decision, Journal* journal) {
    const Event event{.id = UuidOfName(name),
                      .occurred_at = Instant(Day("2025-01-10")),
                      .body = &body};
    std::string words;
    ASSERT_TRUE(EncodeEvent(event, &words).ok());
    Group group(journal->head().size);
    group.Add(Instant(Day("2030-01-01")), words, decision);
    ASSERT_TRUE(journal->Append(group).ok());
  }

  TemporaryDirectory directory_;
};

TEST_F(RecoveryTest, ARestartAnswersAsBefore) {
  Open({.directory = directory_.path()});
  AddWorld({"mill", "shop"});
  const Outcome received = PostOne("r1", OilIn("mill", "100"));
  EXPECT_EQ(ShipOil("S1", "mill", "30"), Code::kAccepted);
  EXPECT_EQ(ShipOil("S2", "mill", "71"), Code::kInsufficient);
  const Standing before = ledger_->standing();

  Open({.directory = directory_.path()});

  EXPECT_EQ(ledger_->standing(), before);
  EXPECT_EQ(OilAt("mill"), "70");
  const Outcome again = PostOne("r1", OilIn("mill", "100"));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.position, received.position);
  EXPECT_EQ(again.recorded_at, received.recorded_at);
  EXPECT_EQ(PostOne("r1", OilIn("mill", "99")).code, Code::kIdReused);
  const auto shipment = GetShipment(*ledger_, "S1");
  ASSERT_TRUE(shipment.ok()) << shipment.status();
  EXPECT_EQ(shipment->shipment.state, ShipmentState::kAccepted);
  EXPECT_EQ(ShipOil("S2", "mill", "71"), Code::kInsufficient);
  EXPECT_EQ(ShipOil("S2", "mill", "70"), Code::kAccepted);
}

TEST_F(RecoveryTest, NewerRulesAreNotTakenForDamage) {
  MemoryJournal journal(UuidOfName("newer"), kRulesVersion + 1);
  const DefineProduct oil{.product = "oil", .unit = "KGM", .decimals = 0};
  AppendRecord("oil", oil, Decision(), &journal);
  const auto opened = Reopen(&journal);
  EXPECT_TRUE(absl::IsFailedPrecondition(opened.status())) << opened.status();
  EXPECT_NE(opened.status().message().find("from position 0 on"),
            std::string::npos)
      << opened.status();
}

TEST_F(RecoveryTest, RecordedTimesGoOnIncreasing) {
  Open({.directory = directory_.path()});
  AddWorld({"mill"});
  const Outcome before = PostOne("r1", OilIn("mill", "100"));
  clock_.Set(Instant(Day("2020-01-01")));

  Open({.directory = directory_.path()});

  EXPECT_GT(PostOne("r2", OilIn("mill", "100")).recorded_at,
            before.recorded_at);
}

TEST_F(RecoveryTest, OnlyOneLedgerOpensADirectory) {
  Open({.directory = directory_.path()});
  const auto second =
      Ledger::Open({.directory = directory_.path(), .clock = &clock_});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition)
      << second.status();
}

TEST_F(RecoveryTest, ProgressIsReportedToTheEnd) {
  MemoryJournal journal;
  absl::StatusOr<std::unique_ptr<Ledger>> first = Reopen(&journal);
  ASSERT_TRUE(first.ok()) << first.status();
  ledger_ = *std::move(first);
  AddWorld({"mill"});
  const Position end = ledger_->standing().as_of + 1;
  ledger_ = nullptr;

  std::vector<RecoveryProgress> reports;
  auto storage = std::make_unique<Storage>();
  storage->journal = std::make_unique<BorrowedJournal>(&journal);
  storage->tables = std::make_unique<MemoryTables>();
  LedgerOptions options{.clock = &clock_};
  options.on_recovery = [&](const RecoveryProgress& progress) {
    reports.push_back(progress);
  };
  ASSERT_TRUE(Ledger::OpenOn(std::move(storage), std::move(options)).ok());

  ASSERT_FALSE(reports.empty());
  EXPECT_EQ(reports.back().next, end);
  EXPECT_EQ(reports.back().end, end);
}

TEST_F(RecoveryTest, TablesThatLagAreCaughtUp) {
  MemoryJournal journal;
  absl::StatusOr<std::unique_ptr<Ledger>> first = Reopen(&journal);
  ASSERT_TRUE(first.ok()) << first.status();
  ledger_ = *std::move(first);
  AddWorld({"mill"});
  const Outcome received = PostOne("r1", OilIn("mill", "100"));
  EXPECT_EQ(ShipOil("S1", "mill", "30"), Code::kAccepted);
  ledger_ = nullptr;

  // With tables that know nothing yet.
  absl::StatusOr<std::unique_ptr<Ledger>> second = Reopen(&journal);
  ASSERT_TRUE(second.ok()) << second.status();
  ledger_ = *std::move(second);

  EXPECT_TRUE(PostOne("r1", OilIn("mill", "100")).repeated);
  const auto known = GetBalance(*ledger_, {.site = "mill",
                                           .product = "oil",
                                           .scheme = kOilClaim.scheme,
                                           .model = kOilClaim.model,
                                           .as_known_at = received.position});
  ASSERT_TRUE(known.ok()) << known.status();
  EXPECT_EQ(known->balance.amount.ToString(), "100");
}

TEST_F(RecoveryTest, AStrictLedgerMayBeOpenedAgainAsAnyOther) {
  MemoryJournal journal;
  absl::StatusOr<std::unique_ptr<Ledger>> opened = Reopen(&journal);
  ASSERT_TRUE(opened.ok()) << opened.status();
  ledger_ = *std::move(opened);
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "100"));
  ledger_ = nullptr;

  auto storage = std::make_unique<Storage>();
  storage->journal = std::make_unique<BorrowedJournal>(&journal);
  storage->tables = std::make_unique<MemoryTables>();
  const auto strict =
      Ledger::OpenOn(std::move(storage), {.clock = &clock_, .strict = true});
  ASSERT_TRUE(strict.ok()) << strict.status();
  EXPECT_TRUE((*strict)->strict());
}

TEST_F(RecoveryTest, ARecordThatTheRulesRefuseIsDamage) {
  MemoryJournal journal;
  AppendRecord("x", OilIn("nowhere", "1"), Decision(), &journal);

  const auto opened = Reopen(&journal);

  EXPECT_TRUE(absl::IsDataLoss(opened.status())) << opened.status();
  EXPECT_NE(opened.status().ToString().find("position 0"), std::string::npos);
  EXPECT_NE(opened.status().ToString().find("UNKNOWN_SCHEME"),
            std::string::npos);
}

TEST_F(RecoveryTest, ARecordThatTheRulesDecideInAnotherWayIsDamage) {
  MemoryJournal journal;
  static constexpr Role kRoles[] = {Role::kOperator};
  AppendRecord("x", RegisterParty{.party = "miller", .roles = kRoles},
               {.warnings = {Warning::kExpiring}}, &journal);

  const auto opened = Reopen(&journal);

  EXPECT_TRUE(absl::IsDataLoss(opened.status())) << opened.status();
}

}  // namespace
}  // namespace tally
