#include "tools/tally/expectation.h"

#include <gtest/gtest.h>

namespace tally::cli {
namespace {

using nlohmann::json;

TEST(Holds, NumbersCompareByValue) {
  EXPECT_TRUE(Holds("40", "40.00"));
  EXPECT_TRUE(Holds("-4.5", "-4.50"));
  EXPECT_TRUE(Holds("0", "-0.00"));
  EXPECT_TRUE(Holds("123456789012345678901234567890.10",
                    "123456789012345678901234567890.1"));
  EXPECT_FALSE(Holds("40", "40.01"));
  EXPECT_FALSE(Holds("4", "-4"));
  EXPECT_FALSE(Holds("40", "4"));
}

TEST(Holds, OtherTextComparesByteByByte) {
  EXPECT_TRUE(Holds("OPEN", "OPEN"));
  EXPECT_FALSE(Holds("OPEN", "CLOSED"));
  EXPECT_FALSE(Holds("1.", "1"));
}

TEST(Holds, OfAnObjectOnlyWhatIsListed) {
  const json actual = {{"quantity", "30.0"}, {"held", true}};
  EXPECT_TRUE(Holds({{"quantity", "30"}}, actual));
  EXPECT_FALSE(Holds({{"quantity", "31"}}, actual));
  EXPECT_FALSE(Holds({{"lot", "L"}}, actual));
  EXPECT_TRUE(Holds({{"parents", json::array()}}, actual));  // left out: empty
}

TEST(Holds, AListInAnyOrderAndWhole) {
  const json actual = {"P70", "P100"};
  EXPECT_TRUE(Holds({"P100", "P70"}, actual));
  EXPECT_FALSE(Holds({"P100", "P100"}, actual));
  EXPECT_FALSE(Holds(json::array({"P100"}), actual));
}

TEST(PercentageHolds, RoundsHalfUpToTheDecimalsShown) {
  EXPECT_TRUE(PercentageHolds("94.7", "94.736842105"));
  EXPECT_TRUE(PercentageHolds("94.8", "94.75"));
  EXPECT_FALSE(PercentageHolds("94.7", "94.75"));
  EXPECT_TRUE(PercentageHolds("70", "69.5"));
  EXPECT_FALSE(PercentageHolds("70", "69.499999999"));
  EXPECT_TRUE(PercentageHolds("50.00", "50"));
  EXPECT_FALSE(PercentageHolds("50", ""));
}

TEST(JoinSerials, RangesThatMeetBecomeOne) {
  const json joined = JoinSerials({{{"block", "B"}, {"from", 31}, {"to", 60}},
                                   {{"block", "B"}, {"from", 1}, {"to", 30}},
                                   {{"block", "C"}, {"from", 61}, {"to", 61}}});
  const json expected = {{{"block", "B"}, {"from", 1}, {"to", 60}},
                         {{"block", "C"}, {"from", 61}, {"to", 61}}};
  EXPECT_EQ(joined, expected);
}

}  // namespace
}  // namespace tally::cli
