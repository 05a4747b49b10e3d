#include "engine/storage/database.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include "engine/base/strings.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

using ::testing::HasSubstr;

const ColumnFamily kFamilies[] = {{.name = "first"}, {.name = "second"}};

absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& directory,
                                               OpenMode mode) {
  return Database::Open(directory, kFamilies,
                        {.mode = mode, .rocks = DefaultRocksOptions()});
}

TEST(DatabaseTest, KeepsWhatIsWritten) {
  TemporaryDirectory directory;
  {
    auto database = Open(directory / "db", OpenMode::kCreateIfMissing);
    ASSERT_TRUE(database.ok()) << database.status().ToString();
    rocksdb::DB* rocks = (*database)->rocks();
    ASSERT_TRUE(rocks->Put({}, (*database)->family(0), "k", "first").ok());
    ASSERT_TRUE(rocks->Put({}, (*database)->family(1), "k", "second").ok());
    ASSERT_TRUE(rocks->Put({}, (*database)->meta(), "k", "meta").ok());
  }
  for (const OpenMode mode : {OpenMode::kExisting, OpenMode::kReadOnly}) {
    auto database = Open(directory / "db", mode);
    ASSERT_TRUE(database.ok()) << database.status().ToString();
    std::string value;
    ASSERT_TRUE((*database)
                    ->rocks()
                    ->Get({}, (*database)->family(1), "k", &value)
                    .ok());
    EXPECT_EQ(value, "second");
    EXPECT_EQ(**(*database)->GetMeta("k"), "meta");
    EXPECT_EQ(*(*database)->GetMeta("other"), std::nullopt);
  }
}

TEST(DatabaseTest, FamiliesOfAnotherVersionDoNotKeepItFromOpening) {
  TemporaryDirectory directory;
  Open(directory / "db", OpenMode::kCreateIfMissing)->reset();
  const auto fewer =
      Database::Open(directory / "db", std::span(kFamilies).first(1),
                     {.rocks = DefaultRocksOptions()});
  EXPECT_TRUE(fewer.ok()) << fewer.status().ToString();
}

TEST(DatabaseTest, ReadingMakesNoFile) {
  TemporaryDirectory directory;
  Open(directory / "db", OpenMode::kCreateIfMissing)->reset();
  const auto files = [&directory] {
    std::map<std::string, std::filesystem::file_time_type> found;
    for (const auto& file :
         std::filesystem::directory_iterator(directory / "db")) {
      found[file.path()] = file.last_write_time();
    }
    return found;
  };
  const auto before = files();
  Open(directory / "db", OpenMode::kReadOnly)->reset();
  EXPECT_EQ(files(), before);
}

TEST(DatabaseTest, AMissingDirectoryIsNotFound) {
  TemporaryDirectory directory;
  for (const OpenMode mode : {OpenMode::kExisting, OpenMode::kReadOnly}) {
    const auto database = Open(directory / "none", mode);
    ASSERT_FALSE(database.ok());
    EXPECT_EQ(database.status().code(), absl::StatusCode::kNotFound)
        << database.status().ToString();
    EXPECT_THAT(std::string(MessageOf(database.status())),
                HasSubstr("open " + (directory / "none")));
  }
  EXPECT_FALSE(std::filesystem::exists(directory / "none"));
}

TEST(DatabaseTest, AFileInItsPlaceIsAnError) {
  TemporaryDirectory directory;
  std::ofstream(directory / "file") << "not a directory";
  const auto database = Open(directory / "file", OpenMode::kCreateIfMissing);
  ASSERT_FALSE(database.ok());
  EXPECT_THAT(std::string(MessageOf(database.status())),
              HasSubstr(directory / "file"));
}

TEST(DatabaseTest, ASecondWriterIsTurnedAway) {
  TemporaryDirectory directory;
  const auto first = Open(directory / "db", OpenMode::kCreateIfMissing);
  ASSERT_TRUE(first.ok());
  const auto second = Open(directory / "db", OpenMode::kExisting);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(MessageOf(second.status())),
              HasSubstr("another process has it open"));
  const auto reader = Open(directory / "db", OpenMode::kReadOnly);
  EXPECT_TRUE(reader.ok()) << reader.status().ToString();
}

TEST(DatabaseTest, ADamagedManifestIsDataLoss) {
  TemporaryDirectory directory;
  Open(directory / "db", OpenMode::kCreateIfMissing)->reset();
  std::ofstream(directory / "db/CURRENT") << "MANIFEST-999999\n";
  const auto database = Open(directory / "db", OpenMode::kExisting);
  ASSERT_FALSE(database.ok());
  EXPECT_THAT(database.status().code(),
              ::testing::AnyOf(absl::StatusCode::kDataLoss,
                               absl::StatusCode::kNotFound))
      << database.status().ToString();
}

TEST(DatabaseTest, TheStampTellsFormatAndLedger) {
  TemporaryDirectory directory;
  const auto database = Open(directory / "db", OpenMode::kCreateIfMissing);
  ASSERT_TRUE(database.ok());
  EXPECT_EQ(*ReadStamp(**database), std::nullopt);

  ASSERT_TRUE(
      WriteStamp({.format = 3, .ledger = UuidOfName("x")}, database->get())
          .ok());

  const auto stamp = ReadStamp(**database);
  ASSERT_TRUE(stamp.ok());
  EXPECT_EQ((*stamp)->format, 3u);
  EXPECT_EQ((*stamp)->ledger, UuidOfName("x"));

  ASSERT_TRUE((*database)->rocks()->Put({}, "format", "odd").ok());
  EXPECT_EQ(ReadStamp(**database).status().code(), absl::StatusCode::kDataLoss);
}

TEST(DatabaseTest, FormatsOutsideTheRangeAreRefusedWithBothVersions) {
  EXPECT_TRUE(CheckFormat({.format = 2}, 2, 3, "log", "/d").ok());
  EXPECT_TRUE(CheckFormat({.format = 3}, 2, 3, "log", "/d").ok());
  EXPECT_EQ(CheckFormat({.format = 4}, 2, 3, "log", "/d").message(),
            "the log in /d has format 4, newer than 3, the newest that this "
            "program reads");
  EXPECT_EQ(CheckFormat({.format = 1}, 2, 3, "log", "/d").message(),
            "the log in /d has format 1, older than 2, the oldest that this "
            "program reads");
}

}  // namespace
}  // namespace tally
