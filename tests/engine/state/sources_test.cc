#include "engine/state/sources.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr SourceStatusTerms kFading{.green_months = 12, .blue_months = 36};

Date Day(int year, int month, int day) {
  return Date::FromCivil(year, month, day);
}

TEST(SourcesTest, GreenFadesToBlueAndBlueToRed) {
  Sources sources;
  sources.Add("mine", {SourceStatus::kGreen, Day(2025, 3, 1)});
  EXPECT_EQ(sources.At("mine", Day(2025, 2, 28), kFading),
            SourceStatus::kUnspecified);
  EXPECT_EQ(sources.At("mine", Day(2025, 3, 1), kFading), SourceStatus::kGreen);
  EXPECT_EQ(sources.At("mine", Day(2026, 3, 1), kFading), SourceStatus::kGreen);
  EXPECT_EQ(sources.At("mine", Day(2026, 3, 2), kFading), SourceStatus::kBlue);
  EXPECT_EQ(sources.At("mine", Day(2029, 3, 1), kFading), SourceStatus::kBlue);
  EXPECT_EQ(sources.At("mine", Day(2029, 3, 2), kFading), SourceStatus::kRed);
  // Where the scheme says nothing, nothing fades.
  EXPECT_EQ(sources.At("mine", Day(2099, 1, 1), {}), SourceStatus::kGreen);
}

TEST(SourcesTest, BlueFromTheStartFadesFromItsOwnDate) {
  Sources sources;
  sources.Add("mine", {SourceStatus::kBlue, Day(2025, 3, 1)});
  EXPECT_EQ(sources.At("mine", Day(2028, 3, 1), kFading), SourceStatus::kBlue);
  EXPECT_EQ(sources.At("mine", Day(2028, 3, 2), kFading), SourceStatus::kRed);
}

TEST(SourcesTest, YellowAndRedDoNotFade) {
  Sources sources;
  sources.Add("mine", {SourceStatus::kYellow, Day(2025, 3, 1)});
  EXPECT_EQ(sources.At("mine", Day(2099, 1, 1), kFading),
            SourceStatus::kYellow);
}

TEST(SourcesTest, TheStatementThatBeganLastHolds) {
  Sources sources;
  sources.Add("mine", {SourceStatus::kRed, Day(2025, 6, 1), Day(2025, 8, 31)});
  sources.Add("mine", {SourceStatus::kGreen, Day(2025, 3, 1)});
  EXPECT_EQ(sources.At("mine", Day(2025, 5, 31), kFading),
            SourceStatus::kGreen);
  EXPECT_EQ(sources.At("mine", Day(2025, 8, 31), kFading), SourceStatus::kRed);
  EXPECT_EQ(sources.At("mine", Day(2025, 9, 1), kFading), SourceStatus::kGreen);
  // Of two that began on one day, the one that was said last.
  sources.Add("mine", {SourceStatus::kYellow, Day(2025, 3, 1)});
  EXPECT_EQ(sources.At("mine", Day(2025, 5, 31), kFading),
            SourceStatus::kYellow);
  EXPECT_EQ(sources.At("other", Day(2025, 5, 31), kFading),
            SourceStatus::kUnspecified);
}

TEST(SourcesTest, TheLatestStatementCanBeTakenBack) {
  Sources sources;
  sources.Add("mine", {SourceStatus::kGreen, Day(2025, 3, 1)});
  sources.Add("mine", {SourceStatus::kRed, Day(2025, 3, 1)});
  sources.RemoveLast("mine");
  EXPECT_EQ(sources.At("mine", Day(2025, 3, 1), kFading), SourceStatus::kGreen);
  sources.RemoveLast("mine");
  EXPECT_EQ(sources.At("mine", Day(2025, 3, 1), kFading),
            SourceStatus::kUnspecified);
}

}  // namespace
}  // namespace tally
