#include "engine/log/durable_mark.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "rocksdb/file_system.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

constexpr size_t kSecondPlace = 4096;

class DurableMarkTest : public testing::Test {
 protected:
  std::unique_ptr<DurableMark> Open() {
    auto mark = DurableMark::Open(files_, path_);
    EXPECT_TRUE(mark.ok()) << mark.status();
    return mark.ok() ? *std::move(mark) : nullptr;
  }
  void Overwrite(size_t offset, std::string_view bytes) {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    file << bytes;
  }
  std::string Said() const {
    const auto end = DurableMark::Read(files_, path_);
    return end.ok() ? std::to_string(*end)
                    : std::string(end.status().message());
  }

  rocksdb::FileSystem* const files_ = rocksdb::FileSystem::Default().get();
  const TemporaryDirectory folder_;
  const std::string path_ = folder_.path() + "/ACKNOWLEDGED";
};

TEST_F(DurableMarkTest, IsZeroUntilItAdvances) {
  EXPECT_EQ(Said(), "0");
  const auto mark = Open();
  EXPECT_EQ(Said(), "0");
  ASSERT_TRUE(mark->Advance(7).ok());
  EXPECT_EQ(Said(), "7");
}

TEST_F(DurableMarkTest, AFirstWriteThatIsTornLeavesTheMarkBeforeIt) {
  ASSERT_TRUE(Open()->Advance(7).ok());
  Overwrite(0, "torn");
  EXPECT_EQ(Said(), "0");
}

TEST_F(DurableMarkTest, WritesOverTheOlderMarkAfterItWasOpenedAgain) {
  ASSERT_TRUE(Open()->Advance(7).ok());
  ASSERT_TRUE(Open()->Advance(9).ok());
  Overwrite(kSecondPlace, "torn");
  EXPECT_EQ(Said(), "7");
}

TEST_F(DurableMarkTest, APlaceThatIsDamagedIsToldUntilItIsMended) {
  ASSERT_TRUE(Open()->Advance(7).ok());
  EXPECT_TRUE(DurableMark::Check(files_, path_).ok());
  Overwrite(0, "torn");
  EXPECT_TRUE(absl::IsDataLoss(DurableMark::Check(files_, path_)));
  Open();
  EXPECT_TRUE(DurableMark::Check(files_, path_).ok());
  EXPECT_EQ(Said(), "0");
}

TEST_F(DurableMarkTest, APlaceThatWasNeverWrittenIsNoDamage) {
  ASSERT_TRUE(Open()->Advance(7).ok());
  Overwrite(kSecondPlace, std::string(12, '\0'));
  EXPECT_TRUE(DurableMark::Check(files_, path_).ok());
}

TEST_F(DurableMarkTest, DamageToBothMarksIsTold) {
  ASSERT_TRUE(Open()->Advance(7).ok());
  Overwrite(0, "torn");
  Overwrite(kSecondPlace, "torn");
  EXPECT_NE(Said().find("it holds no mark"), std::string::npos) << Said();
}

}  // namespace
}  // namespace tally
