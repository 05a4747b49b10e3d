#include "engine/storage/record_file.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "engine/storage/database.h"
#include "gtest/gtest.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

class RecordFileTest : public testing::Test {
 protected:
  // A database with rows of these lengths, each a record of its own; the path
  // of its file that begins or ends so.
  std::string Make(std::initializer_list<size_t> rows, std::string_view name) {
    auto database = Database::Open(
        directory_ / "db", {},
        {.mode = OpenMode::kCreateIfMissing, .rocks = DefaultRocksOptions()});
    EXPECT_TRUE(database.ok()) << database.status();
    for (const size_t length : rows) {
      EXPECT_TRUE(
          (*database)
              ->rocks()
              ->Put({}, std::to_string(length), std::string(length, 'x'))
              .ok());
    }
    for (const auto& file :
         std::filesystem::directory_iterator(directory_ / "db")) {
      const std::string found = file.path().filename();
      if (found.starts_with(name) || found.ends_with(name)) return file.path();
    }
    return "";
  }
  static std::string Read(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }
  absl::Status CheckBytes(const std::string& bytes) {
    const std::string path = directory_ / "changed";
    std::ofstream(path, std::ios::binary) << bytes;
    return CheckRecordFile(path);
  }
  void ExpectEveryBitFound(const std::string& whole) {
    ASSERT_FALSE(whole.empty());
    for (size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      std::string changed = whole;
      changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
      ASSERT_TRUE(absl::IsDataLoss(CheckBytes(changed)))
          << "byte " << bit / 8 << ", bit " << bit % 8;
    }
  }

  TemporaryDirectory directory_;
};

TEST_F(RecordFileTest, EveryBitOfAWriteAheadLogCounts) {
  const std::string path = Make({1, 20}, ".log");
  EXPECT_TRUE(CheckRecordFile(path).ok()) << CheckRecordFile(path);
  ExpectEveryBitFound(Read(path));
}

TEST_F(RecordFileTest, EveryBitOfAManifestCounts) {
  const std::string path = Make({1}, "MANIFEST-");
  EXPECT_TRUE(CheckRecordFile(path).ok()) << CheckRecordFile(path);
  ExpectEveryBitFound(Read(path));
}

TEST_F(RecordFileTest, WhatACrashCutOffIsNoDamage) {
  const std::string whole = Read(Make({1, 20}, ".log"));
  for (size_t length = 0; length < whole.size(); ++length) {
    const absl::Status checked = CheckBytes(whole.substr(0, length));
    ASSERT_TRUE(checked.ok()) << length << ": " << checked;
  }
  EXPECT_TRUE(CheckBytes(whole + std::string(5'000, '\0')).ok());
}

TEST_F(RecordFileTest, RecordsOfManyBlocksAreRead) {
  const std::string path = Make({100'000, 32'000, 700, 40'000}, ".log");
  EXPECT_TRUE(CheckRecordFiles(directory_ / "db").ok());
  const std::string whole = Read(path);
  for (size_t byte = 0; byte < whole.size(); byte += 1'009) {
    std::string changed = whole;
    changed[byte] = static_cast<char>(changed[byte] ^ 4);
    ASSERT_TRUE(absl::IsDataLoss(CheckBytes(changed))) << "byte " << byte;
  }
  EXPECT_TRUE(CheckRecordFiles(directory_ / "none").ok());
}

}  // namespace
}  // namespace tally
