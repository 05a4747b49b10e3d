#include "tests/corruption/trials.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "engine/base/check.h"
#include "engine/ledger/audit_check.h"
#include "engine/ledger/audit_file.h"
#include "engine/ledger/audit_head.h"
#include "engine/ledger/backup.h"
#include "engine/ledger/checkpoints.h"
#include "engine/ledger/details.h"
#include "engine/ledger/reader.h"
#include "engine/log/rocks_journal.h"
#include "fmt/format.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// A table ends with 53 bytes that are: one for the kind of checksum, where two
// blocks are (varints), nothing up to byte 41, version and magic number.
bool IsPaddingOfTable(std::string_view bytes, size_t at) {
  constexpr size_t kFooterBytes = 53;
  constexpr size_t kHandlesEnd = 41;
  if (bytes.size() < kFooterBytes) return false;
  const size_t footer = bytes.size() - kFooterBytes;
  size_t end = footer + 1;
  for (int varints = 0; varints < 4 && end < bytes.size(); ++end) {
    if ((static_cast<uint8_t>(bytes[end]) & 0x80) == 0) ++varints;
  }
  return at >= end && at < footer + kHandlesEnd;
}

// Bits that say nothing of what is stored.
bool IsIrrelevant(const fs::path& path, std::string_view bytes, size_t at) {
  const std::string name = path.filename().string();
  // RocksDB's lock, a copy of its settings and a name for the directory: none
  // is read to answer anything.
  if (name == "LOCK" || name == "IDENTITY") return true;
  if (name.ends_with(".sst") && IsPaddingOfTable(bytes, at)) return true;
  if (name.starts_with("OPTIONS-") &&
      path.string().find("/private/") == std::string::npos) {
    return true;
  }
  // Between the mark's two places is nothing.
  if (name == "ACKNOWLEDGED") return at >= 12 && at < 4096;
  return false;
}

std::string KindOf(const std::string& target, const fs::path& path) {
  const std::string name = path.filename().string();
  std::string kind = path.extension().string();
  if (kind.empty()) kind = name.substr(0, name.find('-'));
  if (name.find_first_not_of("0123456789") == std::string::npos) kind = "list";
  const std::string folder = path.parent_path().filename().string();
  return fmt::format("{} {}{}{}", target, target == "data" ? folder + "/" : "",
                     folder == "seal" ? "seal of " : "", kind);
}

// What is damaged, and how it is verified.
class World : public LedgerFixture {
 public:
  void TestBody() override {}
  void Make();
  bool IsFound(const std::string& target, const fs::path& folder);

  fs::path PathOf(const std::string& target) const {
    return fs::path(root_.path()) / target;
  }

 private:
  void WriteBundle();
  void WriteDetails();
  VerifyOptions Options() {
    return {.clock = &clock_, .known_at = {}, .on_progress = {}};
  }

  TemporaryDirectory root_;
};

void World::Make() {
  Open({.directory = PathOf("data"),
        .signing = {.key_file = PathOf("log.key"),
                    .new_key = Ed25519Seed{5},
                    .origin = "example.org/log",
                    .witnesses = {}},
        .salt_seed = Sha256Digest{6}});
  AddWorld({"mill", "shop"});
  for (int round = 0; round < 6; ++round) {
    BatchOf batch;
    for (int i = 0; i < 150; ++i) {
      batch.Add(fmt::format("in {} {}", round, i), OilIn("mill", "3"),
                "2025-01-10");
    }
    Post(batch);
    ShipOil(fmt::format("s {}", round), "mill", "2");
    TALLY_CHECK(ShipOil(fmt::format("too much {}", round), "mill", "999999") !=
                Code::kAccepted);
    TALLY_CHECK(ledger_->checkpoints().Make().ok());
    // So that there are files of every kind, and a write-ahead log, too.
    if (round == 3) {
      TALLY_CHECK(CreateBackup(*ledger_, PathOf("backup"), clock_).ok());
    }
  }
  WriteBundle();
  ledger_.reset();
  WriteDetails();
}

// Some in a file, as an erasure leaves them, some in the write-ahead log.
void World::WriteDetails() {
  auto details =
      Details::Open(PathOf("data") / "details", OpenMode::kCreateIfMissing);
  TALLY_CHECK(details.ok());
  const auto put = [&details](uint8_t salt, std::string_view text) {
    const auto reference = (*details)->Put(Sha256Digest{salt}, text);
    TALLY_CHECK(reference.ok());
    return *reference;
  };
  put(1, "a name and an address");
  const std::string erased = put(2, "a text that is erased");
  TALLY_CHECK(
      (*details)->Erase(erased, {.at = clock_.Now(), .reason = "why"}).ok());
  put(3, "another name");
  put(4, "the last text");
}

void World::WriteBundle() {
  const Journal& journal = ledger_->reader().journal();
  const Position end = journal.head().size;
  const auto covering = ledger_->checkpoints().Covering(end - 1);
  TALLY_CHECK(covering.ok());
  const auto head = MakeAuditHead(journal, ledger_->checkpoints().table(),
                                  *covering, 0, end, {});
  TALLY_CHECK(head.ok());
  fs::create_directories(PathOf("bundle"));
  AuditFileWriter file(PathOf("bundle") / "file", EncodeAuditHead(*head));
  for (Position at = 0; at < end; ++at) file.Add(*journal.ReadRecord(at));
  TALLY_CHECK(file.Finish().ok());
}

// Damage is a finding or an integrity error; anything else is not found.
bool World::IsFound(const std::string& target, const fs::path& folder) {
  if (target == "bundle") {
    const auto report = CheckAudit(folder / "file", "", Options());
    return report.ok() ? !report->findings.empty()
                       : absl::IsDataLoss(report.status());
  }
  const auto report = target == "backup" ? VerifyBackup(folder, 0, Options())
                                         : VerifyDirectory(folder, Options());
  return report.ok() ? !report->findings.empty()
                     : absl::IsDataLoss(report.status());
}

struct Flip {
  std::string target;
  fs::path file;  // from the target's folder
  size_t byte = 0;
  int bit = 0;
};

// Each kind of file in turn, so that small ones are met as often.
class Flips {
 public:
  Flips(const World& world, uint64_t seed, std::string_view only)
      : random_(seed) {
    for (const char* target : {"data", "backup", "bundle"}) {
      for (const auto& entry :
           fs::recursive_directory_iterator(world.PathOf(target))) {
        if (!entry.is_regular_file() || entry.file_size() == 0) continue;
        const fs::path file = fs::relative(entry.path(), world.PathOf(target));
        const std::string kind = KindOf(target, entry.path());
        if (kind.find(only) == std::string::npos) continue;
        kinds_[kind].push_back(
            {.target = target, .file = file, .byte = entry.file_size()});
      }
    }
    // A folder lists its files in any order.
    for (auto& [kind, files] : kinds_) {
      std::sort(files.begin(), files.end(),
                [](const Flip& a, const Flip& b) { return a.file < b.file; });
    }
  }

  bool empty() const { return kinds_.empty(); }

  std::pair<std::string, Flip> Next() {
    if (kind_ == kinds_.end() || ++kind_ == kinds_.end()) {
      kind_ = kinds_.begin();
    }
    Flip flip = kind_->second[random_() % kind_->second.size()];
    flip.byte = random_() % flip.byte;
    flip.bit = static_cast<int>(random_() % 8);
    return {kind_->first, flip};
  }

 private:
  std::map<std::string, std::vector<Flip>> kinds_;
  std::map<std::string, std::vector<Flip>>::const_iterator kind_ = kinds_.end();
  std::mt19937_64 random_;
};

}  // namespace

CorruptionCount CorruptionFigures::Sum() const {
  CorruptionCount sum;
  for (const auto& [kind, count] : by_kind) {
    sum.trials += count.trials;
    sum.found += count.found;
    sum.irrelevant += count.irrelevant;
  }
  return sum;
}

CorruptionFigures RunCorruptionTrials(uint64_t seed, int64_t trials,
                                      std::string_view only) {
  World world;
  world.Make();
  TALLY_CHECK(!world.IsFound("data", world.PathOf("data")));
  TALLY_CHECK(!world.IsFound("backup", world.PathOf("backup")));
  TALLY_CHECK(!world.IsFound("bundle", world.PathOf("bundle")));
  Flips flips(world, seed, only);
  TALLY_CHECK(!flips.empty());
  CorruptionFigures figures;
  for (int64_t i = 0; i < trials; ++i) {
    const auto [kind, flip] = flips.Next();
    const fs::path copy = world.PathOf("copy");
    fs::remove_all(copy);
    fs::copy(world.PathOf(flip.target), copy, fs::copy_options::recursive);
    std::string bytes = ReadFile(copy / flip.file);
    const bool is_irrelevant = IsIrrelevant(copy / flip.file, bytes, flip.byte);
    bytes[flip.byte] = static_cast<char>(bytes[flip.byte] ^ 1 << flip.bit);
    std::ofstream(copy / flip.file, std::ios::binary) << bytes;
    CorruptionCount& count = figures.by_kind[kind];
    ++count.trials;
    if (world.IsFound(flip.target, copy)) {
      ++count.found;
    } else if (is_irrelevant) {
      ++count.irrelevant;
    } else {
      figures.missed.push_back(fmt::format("{} {}, byte {} of {}, bit {}",
                                           flip.target, flip.file.string(),
                                           flip.byte, bytes.size(), flip.bit));
    }
  }
  return figures;
}

}  // namespace tally
