#include "engine/log/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

class KeyFileTest : public testing::Test {
 protected:
  const TemporaryDirectory directory_;
  const std::string path_ = directory_.path() + "/log.key";
  const SigningKey key_{"example.org/log", NoteKeyKind::kEd25519,
                        Ed25519Seed{7}};
};

TEST_F(KeyFileTest, IsReadableByItsOwnerAlone) {
  ASSERT_TRUE(CreateKeyFile(path_, key_).ok());
  struct stat found {};
  ASSERT_EQ(::stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0600U);
  const auto read = ReadKeyFile(path_);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->ToString(), key_.ToString());
}

TEST_F(KeyFileTest, IsRefusedWhereOthersMayReadIt) {
  ASSERT_TRUE(CreateKeyFile(path_, key_).ok());
  for (const mode_t mode : {0640U, 0604U, 0620U, 0700U, 0666U}) {
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
    const auto read = ReadKeyFile(path_);
    EXPECT_TRUE(absl::IsPermissionDenied(read.status())) << read.status();
    EXPECT_NE(read.status().ToString().find("must be 0600"), std::string::npos);
  }
  ASSERT_EQ(::chmod(path_.c_str(), 0400), 0);
  EXPECT_TRUE(ReadKeyFile(path_).ok());
}

TEST_F(KeyFileTest, IsNeverWrittenOver) {
  ASSERT_TRUE(CreateKeyFile(path_, key_).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(CreateKeyFile(path_, key_)));
}

TEST_F(KeyFileTest, WhatHoldsNoKeyIsNotShown) {
  EXPECT_TRUE(absl::IsNotFound(ReadKeyFile(path_).status()));
  std::ofstream(path_) << "PRIVATE+KEY+secret+00000000+AQID\n";
  ASSERT_EQ(::chmod(path_.c_str(), 0600), 0);
  const auto read = ReadKeyFile(path_);
  EXPECT_TRUE(absl::IsInvalidArgument(read.status())) << read.status();
  EXPECT_EQ(read.status().ToString().find("secret"), std::string::npos);
  EXPECT_TRUE(
      absl::IsPermissionDenied(ReadKeyFile(directory_.path()).status()));
}

}  // namespace
}  // namespace tally
