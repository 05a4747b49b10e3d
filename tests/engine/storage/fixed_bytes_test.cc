#include "engine/storage/fixed_bytes.h"

#include <cstdint>
#include <string>

#include "gtest/gtest.h"

namespace tally {
namespace {

TEST(FixedBytesTest, BigEndianKeysSortAsTheirNumbers) {
  std::string previous;
  for (const uint64_t value : {uint64_t{0}, uint64_t{1}, uint64_t{255},
                               uint64_t{256}, uint64_t{1} << 40, UINT64_MAX}) {
    std::string key;
    AppendBig64(value, &key);
    EXPECT_EQ(key.size(), 8u);
    EXPECT_LT(previous, key);
    EXPECT_EQ(FixedReader(key).Big64(), value);
    previous = key;
  }
}

TEST(FixedBytesTest, LittleEndianHasTheLowByteFirst) {
  std::string bytes;
  AppendLittle32(0x01020304, &bytes);
  AppendLittle16(0xA0B0, &bytes);
  AppendLittle64(UINT64_MAX - 1, &bytes);
  EXPECT_EQ(bytes.substr(0, 4), "\x04\x03\x02\x01");
  FixedReader reader(bytes);
  EXPECT_EQ(reader.Little32(), 0x01020304u);
  EXPECT_EQ(reader.Little16(), 0xA0B0);
  EXPECT_EQ(reader.Little64(), UINT64_MAX - 1);
  EXPECT_TRUE(reader.AtEnd());
}

TEST(FixedBytesTest, ReadingPastTheEndGivesZerosAndIsNotOk) {
  FixedReader reader("\x01\x02\x03");
  EXPECT_EQ(reader.Little16(), 0x0201);
  EXPECT_TRUE(reader.ok());
  EXPECT_FALSE(reader.AtEnd());
  EXPECT_EQ(reader.Little32(), 0u);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.Big(1), 0u);
  EXPECT_FALSE(reader.AtEnd());
}

}  // namespace
}  // namespace tally
