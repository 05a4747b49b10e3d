#include "engine/model/remedy.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tally {
namespace {

TEST(RemedyTest, EveryRefusalSaysWhatWouldMakeItPass) {
  std::set<std::string> said;
  for (int number = 1; number < kCodeCount; ++number) {
    const auto code = static_cast<Code>(number);
    const std::string remedy = RemedyOf(Refuse(code, "why"));
    EXPECT_TRUE(remedy.ends_with('.')) << CodeName(code);
    EXPECT_EQ(remedy.find_first_of("{|}"), std::string::npos) << remedy;
    said.insert(remedy);
  }
  // INVALID_ARGUMENT and INVALID_QUANTITY say the same.
  EXPECT_EQ(said.size(), static_cast<size_t>(kCodeCount) - 2);
  EXPECT_EQ(RemedyText(Code::kAccepted), "");
}

TEST(RemedyTest, SaysTheFiguresOfTheRefusal) {
  Refusal refusal = Refuse(Code::kInsufficient, "asked 41, available 40");
  refusal.figures = {{"asked", "41.000", "TNE"},
                     {"available", "40.000", "TNE"},
                     {"missing", "1.000", "TNE"}};
  EXPECT_EQ(RemedyOf(refusal),
            "Take at most 40.000 TNE, or first bring 1.000 TNE more into the "
            "account, dated no later than this event.");
}

TEST(RemedyTest, SaysItInWordsWhereThereIsNoFigure) {
  EXPECT_EQ(RemedyOf(Refuse(Code::kCapExceeded, "too much")),
            "Stay within what is left of the year's volume, or have the "
            "certification body extend_volume.");
}

}  // namespace
}  // namespace tally
