// A ledger's log as the program of the format before wrote it, kept in
// golden/log_format_1: 309 events in files of every kind, some of them in the
// write-ahead log. It is read, verified and written on to.

#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/base/check.h"
#include "engine/base/hex.h"
#include "engine/ledger/event_queries.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/verification.h"
#include "engine/log/rocks_journal.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kEvents = 309;
// As the former program signed it.
constexpr char kRoot[] =
    "b7ada48e31bee32be57bd3f215d9995fe0d4d6785808217c1b72926d71262588";

class OldFormatTest : public LedgerFixture {
 protected:
  OldFormatTest() {
    clock_.Set(Instant(Day("2030-01-01")));
    const char* const source = std::getenv("TALLY_SOURCE_DIR");
    TALLY_CHECK(source != nullptr);
    fs::create_directories(data_);
    fs::copy(fs::path(source) / "tests/engine/ledger/golden/log_format_1",
             data_ / "log");
  }

  uint32_t FormatOnDisk() const {
    const auto log =
        RocksJournal::Open(data_ / "log", {.mode = OpenMode::kReadOnly});
    EXPECT_TRUE(log.ok()) << log.status();
    return log.ok() ? (*ReadStamp(*(*log)->database()))->format : 0;
  }
  // What is wrong with it; "" where nothing is.
  std::string Wrong() {
    const auto report = VerifyDirectory(
        data_, {.clock = &clock_, .known_at = {}, .on_progress = {}});
    if (!report.ok()) return report.status().ToString();
    return report->findings.empty() ? "" : report->findings.front().what;
  }

  TemporaryDirectory root_;
  const fs::path data_ = fs::path(root_.path()) / "data";
};

TEST_F(OldFormatTest, IsVerifiedAndStaysAsItIs) {
  EXPECT_EQ(FormatOnDisk(), 1U);
  EXPECT_EQ(Wrong(), "");
  EXPECT_EQ(FormatOnDisk(), 1U);
}

TEST_F(OldFormatTest, IsReadAndWrittenOnTo) {
  Open({.directory = data_});
  const TreeHead head = ledger_->reader().journal().head();
  EXPECT_EQ(head.size, kEvents);
  EXPECT_EQ(HexOf(head.root), kRoot);
  EXPECT_EQ(OilAt("mill"), "3823");
  EXPECT_EQ(OilAt("shop"), "65");

  EXPECT_EQ(PostOne("new", OilIn("shop", "10")).position, kEvents);
  ledger_.reset();
  EXPECT_EQ(FormatOnDisk(), kLogFormat);
  EXPECT_EQ(Wrong(), "");

  // Chunks of both formats, from the log alone.
  fs::remove_all(data_ / "snapshots");
  fs::remove_all(data_ / "index");
  Open({.directory = data_});
  EXPECT_EQ(ledger_->opening().replayed, kEvents + 1);
  EXPECT_EQ(OilAt("shop"), "75");
  const auto first = GetEventAt(*ledger_, 0);
  ASSERT_TRUE(first.ok()) << first.status();
}

}  // namespace
}  // namespace tally
