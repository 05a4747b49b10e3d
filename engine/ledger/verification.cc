#include "engine/ledger/verification.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <memory>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/index/index.h"
#include "engine/ledger/checking_tables.h"
#include "engine/ledger/details.h"
#include "engine/ledger/follower.h"
#include "engine/ledger/index_tables.h"
#include "engine/ledger/known_journal.h"
#include "engine/ledger/recovery.h"
#include "engine/ledger/snapshot_check.h"
#include "engine/ledger/storage.h"
#include "engine/log/checkpoint_table.h"
#include "engine/log/merkle_proof.h"
#include "engine/log/rocks_journal.h"
#include "engine/storage/record_file.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Leaves that are added to a tree at once.
constexpr size_t kLeavesAtOnce = 4'096;

// A tree that is grown alone is never read from.
class NoTiles final : public TileReader {
 public:
  absl::StatusOr<std::string> ReadTile(TileId) const override {
    return absl::InternalError("nothing is stored here");
  }
};

constexpr int kTriesInUse = 3;

// Whether another process has the RocksDB directory open to write.
bool IsInUse(const std::string& directory) {
  const std::string path = directory + "/LOCK";
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool is_locked =
      ::fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(file);
  return is_locked;
}

// The files of records of all databases, which RocksDB reads with a tolerance
// for what a crash cut off.
absl::Status CheckRecords(const std::string& directory, VerifyReport* report) {
  for (const char* const name : {"log", "index", "details"}) {
    const absl::Status checked = CheckRecordFiles(directory + "/" + name);
    if (checked.ok()) continue;
    if (!absl::IsDataLoss(checked)) return checked;
    report->findings.push_back(
        {.where = name, .what = std::string(MessageOf(checked))});
  }
  return absl::OkStatus();
}

// What is kept beside the log to be erasable: each text is the one that its
// reference was made of.
absl::Status VerifyDetails(const std::string& path, VerifyReport* report) {
  if (!std::filesystem::exists(path)) return absl::OkStatus();
  const auto find = [report](std::string_view what) {
    report->findings.push_back({.where = "details", .what = std::string(what)});
    return absl::OkStatus();
  };
  const auto details = Details::Open(path, OpenMode::kReadOnly);
  if (!details.ok()) {
    return absl::IsDataLoss(details.status())
               ? find(MessageOf(details.status()))
               : details.status();
  }
  const auto wrong = (*details)->Verify();
  if (!wrong.ok()) {
    return absl::IsDataLoss(wrong.status()) ? find(MessageOf(wrong.status()))
                                            : wrong.status();
  }
  for (const std::string& what : *wrong) find(what).IgnoreError();
  return absl::OkStatus();
}

class LogVerifier {
 public:
  // Both must outlive it.
  LogVerifier(const VerifyPlace* place, VerifyOptions* options)
      : place_(*place), options_(*options) {}

  absl::StatusOr<VerifyReport> Run();
  absl::StatusOr<VerifyReport> RunReplay(const Journal& journal);

 private:
  void Find(std::string_view where, std::string what) {
    if (report_.findings.size() < kVerifyFindingsMax) {
      report_.findings.push_back(
          {.where = std::string(where), .what = std::move(what)});
    }
  }
  // Damage is a finding; anything else keeps from verifying.
  absl::Status Take(std::string_view where, const absl::Status& status) {
    if (!absl::IsDataLoss(status)) return status;
    Find(where, std::string(MessageOf(status)));
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<RocksJournal>> OpenLog() const;
  absl::Status OpenIndex(const Uuid& ledger);
  absl::Status CheckFiles(const RocksJournal& journal);
  absl::Status CheckHead(const RocksJournal& journal);
  absl::Status CheckTiles(const RocksJournal& journal);
  absl::Status CheckTile(const RocksJournal& journal,
                         const TreeGrowth::FullTile& tile);
  absl::Status CheckCheckpoints(const RocksJournal& journal);
  absl::Status Replay(const Journal& journal);
  void CheckState(const CheckingTables& tables);
  void CheckAccount(const CheckingTables& tables, AccountIndex index);
  void CheckBlock(BlockIndex index);

  const VerifyPlace& place_;
  VerifyOptions& options_;
  VerifyReport report_;
  std::unique_ptr<IndexTables> index_;
  State state_;
};

absl::StatusOr<VerifyReport> LogVerifier::Run() {
  absl::StatusOr<std::unique_ptr<RocksJournal>> journal = OpenLog();
  if (!journal.ok()) {
    RETURN_IF_ERROR(Take("log", journal.status()));
    return std::move(report_);
  }
  const RocksJournal& log = **journal;
  report_.ledger = log.ledger();
  report_.head = log.head();
  if (options_.known_at.has_value() &&
      *options_.known_at >= report_.head.size) {
    return absl::OutOfRangeError(
        fmt::format("the log ends before position {}: it has {} events",
                    *options_.known_at, report_.head.size));
  }
  RETURN_IF_ERROR(CheckFiles(log));
  RETURN_IF_ERROR(Take("tree", CheckTiles(log)));
  RETURN_IF_ERROR(Take("tree", CheckHead(log)));
  RETURN_IF_ERROR(Take("checkpoints", CheckCheckpoints(log)));
  RETURN_IF_ERROR(Take("index", OpenIndex(log.ledger())));
  RETURN_IF_ERROR(Take("log", Replay(log)));
  return std::move(report_);
}

absl::StatusOr<VerifyReport> LogVerifier::RunReplay(const Journal& journal) {
  report_.ledger = journal.ledger();
  report_.head = journal.head();
  RETURN_IF_ERROR(Take("log", Replay(journal)));
  return std::move(report_);
}

absl::StatusOr<std::unique_ptr<RocksJournal>> LogVerifier::OpenLog() const {
  return RocksJournal::Open(place_.log,
                            {.mode = OpenMode::kReadOnly, .env = place_.env});
}

// The log may go on beyond the head that it must have.
absl::Status LogVerifier::CheckHead(const RocksJournal& journal) {
  if (!place_.head.has_value()) return absl::OkStatus();
  const TreeHead& expected = *place_.head;
  if (expected.size > report_.head.size) {
    Find("log", fmt::format("it ends at position {}, but {} events were "
                            "written down for it",
                            report_.head.size, expected.size));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const Sha256Digest root,
                   RootAt(journal.tree(), expected.size));
  if (root != expected.root) {
    Find("tree", fmt::format("the tree of {} leaves has another root than was "
                             "written down for it",
                             expected.size));
  }
  if (place_.checkpoint.empty()) return absl::OkStatus();
  const std::unique_ptr<NoteTable> notes = journal.OpenNotes();
  ASSIGN_OR_RETURN(const auto stored,
                   CheckpointTable(notes.get()).AtOrAbove(expected.size));
  if (!stored.has_value() || stored->note != place_.checkpoint) {
    Find("checkpoints",
         fmt::format("the checkpoint of size {} is not the one that was "
                     "written down",
                     expected.size));
  }
  return absl::OkStatus();
}

absl::Status LogVerifier::OpenIndex(const Uuid& ledger) {
  if (place_.index.empty() || !std::filesystem::exists(place_.index)) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(std::unique_ptr<Index> index,
                   Index::Open(place_.index, {.mode = OpenMode::kReadOnly,
                                              .ledger = ledger,
                                              .env = place_.env}));
  RETURN_IF_ERROR(index->CheckFiles());
  if (index->end() > report_.head.size) {
    // A server goes on while we read: what it added is not looked at.
    report_.index_end = report_.head.size;
  } else {
    report_.index_end = index->end();
  }
  index_ = std::make_unique<IndexTables>(std::move(index));
  return absl::OkStatus();
}

// Each block of each file has a checksum of its own, and so has the mark.
absl::Status LogVerifier::CheckFiles(const RocksJournal& journal) {
  RETURN_IF_ERROR(Take("log", RocksJournal::CheckMark(place_.log, place_.env)));
  return Take("log", FromRocks(journal.database()->rocks()->VerifyChecksum(),
                               "read the files of the log"));
}

absl::Status LogVerifier::CheckTiles(const RocksJournal& journal) {
  const NoTiles none;
  TileTree tree(&none);
  ASSIGN_OR_RETURN(const auto reader, journal.Read(0));
  std::vector<Sha256Digest> leaves;
  bool more = true;
  while (more) {
    ASSIGN_OR_RETURN(more, reader->Next());
    if (more) leaves.push_back(LeafHash(reader->record()));
    if (more && leaves.size() < kLeavesAtOnce) continue;
    TreeGrowth growth = tree.Grow(leaves);
    for (const TreeGrowth::FullTile& tile : growth.full) {
      RETURN_IF_ERROR(CheckTile(journal, tile));
    }
    tree.Adopt(std::move(growth));
    leaves.clear();
  }
  if (tree.head() == report_.head) return absl::OkStatus();
  return absl::DataLossError(fmt::format(
      "the {} records make another root than the log says", tree.head().size));
}

absl::Status LogVerifier::CheckTile(const RocksJournal& journal,
                                    const TreeGrowth::FullTile& tile) {
  const std::string name =
      fmt::format("tile {} of level {}", tile.id.index, tile.id.level);
  const auto stored = journal.tree().ReadTile(tile.id, kTileHashes);
  if (!stored.ok()) return Take("tree", stored.status());
  if (*stored != tile.bytes) Find("tree", name + " is not what it must be");
  return absl::OkStatus();
}

absl::Status LogVerifier::CheckCheckpoints(const RocksJournal& journal) {
  const std::unique_ptr<NoteTable> notes = journal.OpenNotes();
  const CheckpointTable table(notes.get());
  ASSIGN_OR_RETURN(const std::vector<LogKey> keys, table.Keys());
  int64_t size = 0;
  while (true) {
    ASSIGN_OR_RETURN(const auto checkpoint, table.AtOrAbove(size));
    if (!checkpoint.has_value()) return absl::OkStatus();
    const TreeHead& head = checkpoint->tree.head;
    // One that came while this was read is not looked at.
    if (head.size > report_.head.size) {
      return absl::DataLossError(
          fmt::format("the tree of {} leaves was signed, but the log ends at "
                      "position {}",
                      head.size, report_.head.size));
    }
    RETURN_IF_ERROR(Take("checkpoints", CheckSigned(*checkpoint, keys)));
    ASSIGN_OR_RETURN(const Sha256Digest root,
                     RootAt(journal.tree(), head.size));
    if (root != head.root) {
      Find("checkpoints", fmt::format("the checkpoint of size {} has another "
                                      "root than the log",
                                      head.size));
    }
    ++report_.checkpoints;
    size = head.size + 1;
  }
}

absl::Status LogVerifier::Replay(const Journal& journal) {
  TreeHead head = report_.head;
  if (options_.known_at.has_value()) {
    head.size = *options_.known_at + 1;
    ASSIGN_OR_RETURN(head.root, RootAt(journal.tree(), head.size));
  }
  const auto report = [this](std::string what) {
    Find("index", std::move(what));
  };
  auto checking = std::make_unique<CheckingTables>(index_.get(), report);
  CheckingTables* const tables = checking.get();
  const Storage storage{
      .journal = std::make_unique<KnownJournal>(&journal, head),
      .tables = std::move(checking),
      .notes = nullptr};
  Follower follower;
  Recovery recovery(&storage, &state_, &follower);
  const auto report_snapshot = [this](std::string what) {
    Find("snapshots", std::move(what));
  };
  const SnapshotFolder folder(place_.snapshots, place_.env);
  SnapshotCheck snapshots(&folder, storage.journal.get(), report_snapshot);
  if (!place_.snapshots.empty()) {
    // A server goes on while we read; what is beyond a look back, too.
    RETURN_IF_ERROR(snapshots.Open(
        /*may_go_on=*/IsInUse(place_.log) || options_.known_at.has_value()));
    recovery.LookOn([&](const tally::Replay& replay, const State& state) {
      snapshots.At(replay, state);
    });
  }
  const auto recovered = recovery.Run(*options_.clock, &options_.on_progress);
  RETURN_IF_ERROR(recovered.status());
  report_.replayed = recovered->next;
  report_.snapshots = snapshots.checked();
  RETURN_IF_ERROR(Take("index", tables->CheckStatements()));
  CheckState(*tables);
  return absl::OkStatus();
}

// The state keeps balances day by day, the tables entries: two accounts of
// the same postings.
void LogVerifier::CheckState(const CheckingTables& tables) {
  report_.accounts = state_.accounts().size();
  for (int32_t i = 0; i < state_.accounts().size(); ++i) {
    CheckAccount(tables, AccountIndex(i));
  }
  report_.credit_blocks = state_.credits().size();
  for (int32_t i = 0; i < state_.credits().size(); ++i) {
    CheckBlock(BlockIndex(i));
  }
}

void LogVerifier::CheckAccount(const CheckingTables& tables,
                               AccountIndex index) {
  for (const DayBalance& day : state_.accounts().at(index).timeline.days()) {
    const Quantity sum = tables.SumOf(index, day.date);
    if (sum == day.balance) continue;
    Find("state", fmt::format("account {} holds {} on {}, but its entries come "
                              "to {}",
                              index.value(), day.balance.units(),
                              day.date.ToString(), sum.units()));
  }
}

// Every serial is issued, retired, withdrawn or unbundled, once; and the
// accounts of the block hold what its serials come to.
void LogVerifier::CheckBlock(BlockIndex index) {
  const Block& block = state_.credits().at(index);
  int64_t next = 1;
  for (const auto& [from, run] : block.runs) {
    if (from != next || run.to < from) {
      Find("state", fmt::format("the serials of block {} do not follow each "
                                "other at {}",
                                state_.credits().NameOf(index), from));
    }
    next = run.to + 1;
  }
  if (next == block.count + 1) return;
  Find("state",
       fmt::format("block {} has {} serials instead of {}",
                   state_.credits().NameOf(index), next - 1, block.count));
}

}  // namespace

absl::StatusOr<VerifyReport> VerifyByReplay(const Journal& journal,
                                            VerifyOptions options) {
  const VerifyPlace nowhere;
  return LogVerifier(&nowhere, &options).RunReplay(journal);
}

absl::StatusOr<VerifyReport> VerifyLog(const VerifyPlace& place,
                                       VerifyOptions options) {
  return LogVerifier(&place, &options).Run();
}

absl::StatusOr<VerifyReport> VerifyDirectory(const std::string& directory,
                                             VerifyOptions options) {
  const VerifyPlace place{.log = directory + "/log",
                          .index = directory + "/index",
                          .snapshots = directory + "/snapshots",
                          .env = nullptr,
                          .head = {},
                          .checkpoint = {}};
  absl::StatusOr<VerifyReport> report = LogVerifier(&place, &options).Run();
  // A server that has it open replaces files while they are being opened:
  // what is damage is there again the next time.
  for (int i = 1; i < kTriesInUse; ++i) {
    if (report.ok() && report->findings.empty()) break;
    if (!IsInUse(place.log) && !IsInUse(place.index)) break;
    report = LogVerifier(&place, &options).Run();
  }
  VerifyReport records;
  RETURN_IF_ERROR(CheckRecords(directory, &records));
  if (!report.ok()) {
    // A damaged record may keep the log from opening in any way.
    if (records.findings.empty()) return report;
    return records;
  }
  report->is_in_use = IsInUse(place.log);
  report->findings.insert(report->findings.end(), records.findings.begin(),
                          records.findings.end());
  RETURN_IF_ERROR(VerifyDetails(directory + "/details", &*report));
  return report;
}

}  // namespace tally
