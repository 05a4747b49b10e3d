#include "bench/client/poster.h"

#include <string>

#include "bench/client/process_usage.h"
#include "gtest/gtest.h"

namespace tally::bench {
namespace {

TEST(PosterTest, KnowsThisMachineByItsAddress) {
  for (const char* const server :
       {"127.0.0.1:0", "127.1.2.3:1", "localhost:0", "[::1]:0"}) {
    EXPECT_TRUE(IsLoopback(server)) << server;
  }
}

TEST(PosterTest, TakesNoOtherForThisMachine) {
  for (const char* const server :
       {"10.0.0.1:0", "127.example.org:0", "localhost.example.org:1",
        "127.0.0.1,10.0.0.1:1", "[::2]:1", "dns:///10.0.0.1:1", ":0", ""}) {
    EXPECT_FALSE(IsLoopback(server)) << server;
  }
}

TEST(PosterTest, GivesBackTheBytesThatItBorrowed) {
  const std::string bytes(100'000, 'x');

  EXPECT_EQ(BytesOf(Borrowed(bytes)), bytes);
  EXPECT_EQ(BytesOf(Borrowed("")), "");
}

TEST(ProcessUsageTest, SeesThisProcessAndNoOther) {
  const ProcessUsage usage = UsageOf(0);
  EXPECT_GT(usage.resident_bytes, 1 << 20);
  EXPECT_GE(usage.peak_resident_bytes, usage.resident_bytes);

  // Above the largest number that Linux gives to a process.
  EXPECT_EQ(UsageOf(1 << 23).resident_bytes, 0);
  EXPECT_EQ(UsageOf(1 << 23).cpu_millis, 0);
}

}  // namespace
}  // namespace tally::bench
