#include "engine/storage/crc32c.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace tally {
namespace {

// RFC 3720, appendix B.4, and the usual check value.
TEST(Crc32cTest, KnownVectors) {
  EXPECT_EQ(Crc32c(""), 0u);
  EXPECT_EQ(Crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(Crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
  std::string ascending;
  for (int i = 0; i < 32; ++i) ascending.push_back(static_cast<char>(i));
  EXPECT_EQ(Crc32c(ascending), 0x46DD794Eu);
}

TEST(Crc32cTest, WithAndWithoutTheInstructionItIsTheSame) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  for (int length = 0; length < 300; ++length) {
    std::string bytes(static_cast<size_t>(length), '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const auto so_far = static_cast<uint32_t>(random());
    EXPECT_EQ(Crc32c(bytes, so_far), PortableCrc32c(bytes, so_far));
    const size_t cut = random() % (bytes.size() + 1);
    EXPECT_EQ(Crc32c(bytes.substr(cut), Crc32c(bytes.substr(0, cut))),
              Crc32c(bytes));
  }
}

}  // namespace
}  // namespace tally
