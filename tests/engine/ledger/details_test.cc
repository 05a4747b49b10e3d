// What is kept beside the log to be erasable, and that erasing it does erase.

#include "engine/ledger/details.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "gtest/gtest.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

constexpr std::string_view kContact = "Maria Nyambura, +254 700 000 000";

class DetailsTest : public testing::Test {
 protected:
  void Open() {
    details_.reset();
    auto opened = Details::Open(root_ / "details", OpenMode::kCreateIfMissing);
    ASSERT_TRUE(opened.ok()) << opened.status();
    details_ = *std::move(opened);
  }
  std::string Put(std::string_view text, uint8_t salt = 1) {
    const auto reference = details_->Put(Sha256Digest{salt}, text);
    EXPECT_TRUE(reference.ok()) << reference.status();
    return reference.ok() ? *reference : "";
  }
  // Whether any file of the directory has these bytes.
  bool IsOnDisk(std::string_view bytes) const {
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(root_ / "details")) {
      std::ifstream in(file.path(), std::ios::binary);
      std::ostringstream all;
      all << in.rdbuf();
      if (all.str().find(bytes) != std::string::npos) return true;
    }
    return false;
  }

  TemporaryDirectory root_;
  std::unique_ptr<Details> details_;
};

TEST_F(DetailsTest, ATextIsReadByItsReferenceAndSurvives) {
  Open();
  const std::string reference = Put(kContact);
  EXPECT_EQ(reference.size(), 72U);
  EXPECT_NE(Put(kContact, 2), reference);
  Open();
  const auto row = details_->Get(reference);
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->text, kContact);
  EXPECT_EQ(row->salt.size(), 32U);
  EXPECT_TRUE(details_->Verify()->empty());
}

TEST_F(DetailsTest, AnErasedTextIsInNoFile) {
  Open();
  const std::string reference = Put(kContact);
  const std::string other = Put("somebody else", 3);
  ASSERT_TRUE(IsOnDisk(kContact));
  const auto erased =
      details_->Erase(reference, {.at = Instant(1'000), .reason = "asked to"});
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_FALSE(IsOnDisk(kContact));

  const auto row = details_->Get(reference);
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->text, "");
  EXPECT_EQ(row->salt, "");
  ASSERT_TRUE(row->erased.has_value());
  EXPECT_EQ(row->erased->reason, "asked to");
  EXPECT_EQ(details_->Get(other)->text, "somebody else");
  EXPECT_TRUE(details_->Verify()->empty());

  const auto again =
      details_->Erase(reference, {.at = Instant(2'000), .reason = "once more"});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->at, Instant(1'000));
}

TEST_F(DetailsTest, WhatWasFlushedBeforeIsErasedToo) {
  Open();
  const std::string reference = Put(kContact);
  Open();
  Put("later", 2);
  Open();
  ASSERT_TRUE(
      details_->Erase(reference, {.at = Instant(1'000), .reason = "asked to"})
          .ok());
  EXPECT_FALSE(IsOnDisk(kContact));
}

// RocksDB takes a wrong byte in the last entry of its write-ahead log for the
// torn end of a write that nobody was told of.
TEST_F(DetailsTest, ATextThatIsLostIsTold) {
  Open();
  Put(kContact);
  Put("somebody else", 3);
  details_.reset();
  std::string wal;
  for (const auto& file :
       std::filesystem::directory_iterator(root_ / "details")) {
    if (file.path().extension() == ".log") wal = file.path();
  }
  std::filesystem::resize_file(wal, std::filesystem::file_size(wal) - 1);
  for (const OpenMode mode :
       {OpenMode::kReadOnly, OpenMode::kCreateIfMissing}) {
    const auto opened = Details::Open(root_ / "details", mode);
    EXPECT_TRUE(absl::IsDataLoss(opened.status())) << opened.status();
  }
}

TEST_F(DetailsTest, LimitsAndWrongReferencesAreNamed) {
  Open();
  EXPECT_TRUE(
      absl::IsInvalidArgument(details_->Put(Sha256Digest{1}, "").status()));
  EXPECT_TRUE(
      details_->Put(Sha256Digest{1}, std::string(kDetailsBytesMax, 'x')).ok());
  EXPECT_TRUE(absl::IsInvalidArgument(
      details_->Put(Sha256Digest{1}, std::string(kDetailsBytesMax + 1, 'x'))
          .status()));
  EXPECT_TRUE(absl::IsInvalidArgument(details_->Get("details:12").status()));
  const std::string unknown = "details:" + std::string(64, '0');
  EXPECT_TRUE(absl::IsNotFound(details_->Get(unknown).status()));
  EXPECT_TRUE(absl::IsNotFound(
      details_->Erase(unknown, {.at = {}, .reason = "why"}).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(
      details_->Erase(unknown, {.at = {}, .reason = ""}).status()));
}

}  // namespace
}  // namespace tally
