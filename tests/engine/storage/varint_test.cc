#include "engine/storage/varint.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace tally {
namespace {

using namespace std::string_literals;

std::string Encode(uint64_t value) {
  std::string bytes;
  AppendVarint(value, &bytes);
  return bytes;
}

TEST(VarintTest, KnownVectors) {
  EXPECT_EQ(Encode(0), "\x00"s);
  EXPECT_EQ(Encode(127), "\x7F");
  EXPECT_EQ(Encode(128), "\x80\x01");
  EXPECT_EQ(Encode(300), "\xAC\x02");
  EXPECT_EQ(Encode(UINT64_MAX), "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01");
}

TEST(VarintTest, EveryLengthComesBack) {
  for (int bit = 0; bit < 64; ++bit) {
    for (const uint64_t near : {~uint64_t{0}, uint64_t{0}, uint64_t{1}}) {
      const uint64_t value = (uint64_t{1} << bit) + near;
      const std::string bytes = Encode(value);
      EXPECT_EQ(VarintBytes(value), std::ssize(bytes));
      VarintReader reader(bytes);
      EXPECT_EQ(reader.Next(), value);
      EXPECT_TRUE(reader.AtEnd());
    }
  }
}

TEST(VarintTest, OnlyTheShortestFormIsOne) {
  for (const std::string& bytes :
       {""s, "\x80"s, "\x80\x00"s, "\xFF\x80\x00"s,
        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"s,
        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x81\x00"s}) {
    uint64_t value = 0;
    EXPECT_EQ(TakeVarint(bytes.data(), bytes.data() + bytes.size(), &value),
              nullptr);
    VarintReader reader(bytes);
    EXPECT_EQ(reader.Next(), 0u);
    EXPECT_FALSE(reader.ok());
  }
}

TEST(VarintTest, SmallNumbersOfEitherSignAreSmall) {
  EXPECT_EQ(ZigZag(0), 0u);
  EXPECT_EQ(ZigZag(-1), 1u);
  EXPECT_EQ(ZigZag(1), 2u);
  EXPECT_EQ(ZigZag(INT64_MAX), UINT64_MAX - 1);
  EXPECT_EQ(ZigZag(INT64_MIN), UINT64_MAX);
  for (const int64_t value :
       {int64_t{0}, int64_t{-1}, int64_t{77}, INT64_MIN, INT64_MAX}) {
    EXPECT_EQ(FromZigZag(ZigZag(value)), value);
  }
}

TEST(VarintTest, BytesBeyondTheEndAreNotThere) {
  VarintReader reader(
      "\x03"
      "abc");
  EXPECT_EQ(reader.NextBytes(reader.Next()), "abc");
  EXPECT_TRUE(reader.AtEnd());
  EXPECT_EQ(reader.NextBytes(1), "");
  EXPECT_FALSE(reader.ok());
}

}  // namespace
}  // namespace tally
