// The derived tables come back from the log alone.

#include "engine/ledger/reindex.h"

#include <filesystem>
#include <string>

#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

class ReindexTest : public LedgerFixture {
 protected:
  void SetUp() override {
    Open({.directory = root_.path()});
    AddWorld({"mill"});
    BatchOf batch;
    for (int i = 0; i < 300; ++i) {
      batch.Add("in " + std::to_string(i), OilIn("mill", "1"), "2025-01-10");
    }
    Post(batch);
  }
  absl::StatusOr<ReindexReport> Run() {
    return Reindex(root_.path(),
                   {.clock = &clock_, .known_at = {}, .on_progress = {}});
  }
  bool Holds() {
    const auto report = VerifyDirectory(
        root_.path(), {.clock = &clock_, .known_at = {}, .on_progress = {}});
    return report.ok() && report->findings.empty() &&
           report->index_end == report->head.size;
  }

  TemporaryDirectory root_;
};

TEST_F(ReindexTest, TablesThatAreGoneAreMadeAgain) {
  const Position end = ledger_->standing().as_of + 1;
  ledger_.reset();
  std::filesystem::remove_all(root_ / "index");
  const auto report = Run();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->end, end);
  EXPECT_FALSE(report->old_end.has_value());
  EXPECT_TRUE(Holds());
}

TEST_F(ReindexTest, TablesThatAreRightComeOutTheSame) {
  ledger_.reset();
  const auto report = Run();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->old_end, report->end);
  EXPECT_TRUE(report->changed.empty());
  EXPECT_TRUE(Holds());
  Open({.directory = root_.path()});
  EXPECT_EQ(OilAt("mill"), "300");
}

TEST_F(ReindexTest, ADirectoryInUseIsLeftAlone) {
  EXPECT_TRUE(absl::IsFailedPrecondition(Run().status())) << Run().status();
}

}  // namespace
}  // namespace tally
