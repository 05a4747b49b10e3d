// An auditor's bundle shows what it says, for any range, and nothing in it can
// be changed without being found.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/ledger/audit_check.h"
#include "engine/ledger/audit_file.h"
#include "engine/ledger/audit_head.h"
#include "engine/ledger/checkpoints.h"
#include "engine/ledger/reader.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

class AuditTest : public LedgerFixture {
 protected:
  void SetUp() override {
    Open({.signing = {.key_file = {},
                      .new_key = Ed25519Seed{5},
                      .origin = "example.org/log",
                      .witnesses = {}},
          .salt_seed = Sha256Digest{6}});
    AddWorld({"mill", "shop"});
    Sign();
    for (int round = 0; round < 4; ++round) {
      BatchOf batch;
      for (int i = 0; i < 90; ++i) {
        batch.Add("in " + std::to_string(100 * round + i), OilIn("mill", "1"),
                  "2025-01-10");
      }
      Post(batch);
      Sign();
    }
  }

  void Sign() { ASSERT_TRUE(ledger_->checkpoints().Make().ok()); }
  std::string Key() const {
    return ledger_->checkpoints().notice().verifier_key;
  }
  Position End() const { return ledger_->standing().as_of + 1; }

  // Writes the bundle of [first, end).
  std::string Export(Position first, Position end,
                     std::vector<Position> others = {}) {
    const Journal& journal = ledger_->reader().journal();
    const auto covering = ledger_->checkpoints().Covering(end - 1);
    EXPECT_TRUE(covering.ok()) << covering.status();
    const auto head = MakeAuditHead(journal, ledger_->checkpoints().table(),
                                    *covering, first, end, others);
    EXPECT_TRUE(head.ok()) << head.status();
    const std::string path = root_ / "bundle";
    AuditFileWriter file(path, EncodeAuditHead(*head));
    for (Position at = first; at < end; ++at) {
      file.Add(*journal.ReadRecord(at));
    }
    EXPECT_TRUE(file.Finish().ok());
    return path;
  }
  absl::StatusOr<AuditReport> Check(const std::string& key,
                                    std::optional<Position> known_at = {}) {
    return CheckAudit(
        root_ / "bundle", key,
        {.clock = &clock_, .known_at = known_at, .on_progress = {}});
  }
  std::string Read() const {
    std::ifstream file(root_ / "bundle", std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
  void Write(std::string_view bytes) const {
    std::ofstream file(root_ / "bundle", std::ios::binary);
    file << bytes;
  }

  TemporaryDirectory root_;
};

TEST_F(AuditTest, EveryRangeHoldsAndSaysWhatItShows) {
  const Position end = End();
  for (const Position first : {Position{0}, Position{1}, Position{6},
                               Position{255}, Position{256}, end - 1}) {
    for (const Position last : {first, first + 1, Position{256}, end - 1}) {
      if (last < first || last >= end) continue;
      Export(first, last + 1);
      const auto report = Check(Key());
      ASSERT_TRUE(report.ok()) << report.status();
      EXPECT_TRUE(report->findings.empty())
          << first << " to " << last << ": " << report->findings.front().what;
      EXPECT_EQ(report->records, last + 1 - first);
      EXPECT_EQ(report->replay.has_value(), first == 0);
    }
  }
}

TEST_F(AuditTest, AWholeLogIsDecidedAgain) {
  Export(0, End());
  const auto report = Check("");
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_TRUE(report->replay.has_value());
  EXPECT_EQ(report->replay->replayed, End());
  EXPECT_GT(report->replay->accounts, 0);
  EXPECT_GE(report->checkpoints, 4);
  EXPECT_EQ(report->key, Key());

  const auto known = Check("", 10);
  ASSERT_TRUE(known.ok()) << known.status();
  EXPECT_TRUE(known->findings.empty());
  EXPECT_EQ(known->replay->replayed, 11);
  EXPECT_TRUE(absl::IsOutOfRange(Check("", End()).status()));
}

TEST_F(AuditTest, AnotherKeyIsNotTakenForTheLogs) {
  Export(0, End());
  const SigningKey other("example.org/log", NoteKeyKind::kEd25519,
                         Ed25519Seed{9});
  const auto report = Check(other.verifier().ToString());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_FALSE(report->findings.empty());
}

TEST_F(AuditTest, RecordsFromBeforeTheRangeAreProven) {
  Export(200, 210, {0, 3});
  const auto report = Check(Key());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->findings.empty());
  EXPECT_EQ(report->profiles, 2);
}

// Whatever bit is turned, wherever the file ends: it is found, and nothing
// else happens.
TEST_F(AuditTest, EveryBitOfABundleCounts) {
  Export(4, 9, {1});
  const std::string whole = Read();
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string bad = whole;
    bad[at] = static_cast<char>(bad[at] ^ 1 << (at % 8));
    Write(bad);
    const auto report = Check("");
    ASSERT_TRUE(report.ok()) << at << ": " << report.status();
    EXPECT_FALSE(report->findings.empty()) << "the byte at " << at;
  }
  for (size_t size = 0; size < whole.size(); ++size) {
    Write(whole.substr(0, size));
    const auto report = Check("");
    ASSERT_TRUE(report.ok()) << size << ": " << report.status();
    EXPECT_FALSE(report->findings.empty()) << size << " bytes";
  }
  Write(whole + '\0');
  EXPECT_FALSE(Check("")->findings.empty());
}

// A head that is hashed anew after it was changed lies all the same.
TEST_F(AuditTest, AHeadThatLiesIsFound) {
  Export(4, 9, {1});
  const auto file = AuditFileReader::Open(root_ / "bundle");
  ASSERT_TRUE(file.ok()) << file.status();
  const auto honest = DecodeAuditHead(file->head());
  ASSERT_TRUE(honest.ok()) << honest.status();
  const auto found = [&](AuditHead head) {
    AuditFileWriter out(root_ / "bundle", EncodeAuditHead(head));
    for (Position at = 4; at < 9; ++at) {
      out.Add(*ledger_->reader().journal().ReadRecord(at));
    }
    EXPECT_TRUE(out.Finish().ok());
    const auto report = Check("");
    return report.ok() && !report->findings.empty();
  };
  EXPECT_FALSE(found(*honest));
  AuditHead lie = *honest;
  lie.left[0][3] ^= 1;
  EXPECT_TRUE(found(lie));
  lie = *honest;
  lie.left.push_back(lie.left[0]);
  EXPECT_TRUE(found(lie));
  lie = *honest;
  lie.path.clear();
  EXPECT_TRUE(found(lie));
  lie = *honest;
  lie.end = 8;
  EXPECT_TRUE(found(lie));
  lie = *honest;
  lie.end = INT64_MAX;
  EXPECT_TRUE(found(lie));
  lie = *honest;
  lie.keys.clear();
  EXPECT_TRUE(found(lie));
  lie = *honest;
  lie.others[0].position = 2;
  EXPECT_TRUE(found(lie));
}

}  // namespace
}  // namespace tally
