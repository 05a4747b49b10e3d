#include "engine/profile/recognition_cycle.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/profile/entry_deadline.h"
#include "engine/profile/parse_profile.h"
#include "fmt/format.h"

namespace tally {
namespace {

Date Day(std::string_view text) { return *ParseDate(text); }

// A scheme that recognises another on some days.
Profile Recognising(std::string_view scheme, std::string_view other,
                    std::string_view days = "") {
  std::vector<Violation> violations;
  const auto profile = ParseProfile(
      fmt::format(R"({{"scheme": "{}", "models": {{"SEGREGATED": {{}}}},
                       "recognises": [{{"scheme": "{}",
                         "models": ["SEGREGATED"]{}}}]}})",
                  scheme, other, days),
      &violations);
  EXPECT_TRUE(violations.empty());
  return *profile;
}

ProfileInForce Always(const Profile& profile) {
  return {&profile, {Date::Min(), Date::Max()}};
}

std::vector<Violation> Check(const Profile& added,
                             const std::vector<ProfileInForce>& others) {
  std::vector<Violation> violations;
  CheckRecognitionCycles(Always(added), others, &violations);
  return violations;
}

TEST(RecognitionCycleTest, TwoThatRecogniseEachOther) {
  const Profile a = Recognising("a", "b");
  const Profile b = Recognising("b", "a");
  EXPECT_TRUE(Check(a, {}).empty());
  const std::vector<Violation> found = Check(b, {Always(a)});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].field, "recognises[0].scheme");
  EXPECT_EQ(found[0].value, "a");
  EXPECT_NE(found[0].limit.find("b -> a -> b"), std::string::npos);
}

TEST(RecognitionCycleTest, ByWayOfAThird) {
  const Profile a = Recognising("a", "b");
  const Profile b = Recognising("b", "c");
  const Profile c = Recognising("c", "a");
  EXPECT_TRUE(Check(b, {Always(a)}).empty());
  EXPECT_EQ(Check(c, {Always(a), Always(b)}).size(), 1u);
}

TEST(RecognitionCycleTest, OnOneDayAlone) {
  const Profile a = Recognising("a", "b", R"(, "to": "2024-12-31")");
  const Profile after = Recognising("b", "a", R"(, "from": "2025-01-01")");
  const Profile touches = Recognising("b", "a", R"(, "from": "2024-12-31")");
  EXPECT_TRUE(Check(after, {Always(a)}).empty());
  EXPECT_EQ(Check(touches, {Always(a)}).size(), 1u);
}

TEST(RecognitionCycleTest, OnTheDaysOnWhichAVersionIsInForce) {
  const Profile a = Recognising("a", "b");
  const Profile b = Recognising("b", "a");
  const ProfileInForce old = {&a, {Date::Min(), Day("2020-12-31")}};
  std::vector<Violation> violations;
  CheckRecognitionCycles({&b, {Day("2021-01-01"), Date::Max()}}, {{old}},
                         &violations);
  EXPECT_TRUE(violations.empty());
}

TEST(EntryDeadlineTest, CountsFromTheEndOfTheSpan) {
  const EntryDeadline quarter{CalendarSpan::kQuarter, 14};
  EXPECT_EQ(quarter.LastDay(Day("2024-01-01")), Day("2024-04-14"));
  EXPECT_EQ(quarter.LastDay(Day("2024-03-31")), Day("2024-04-14"));
  EXPECT_EQ(quarter.LastDay(Day("2024-12-31")), Day("2025-01-14"));
  const EntryDeadline month{CalendarSpan::kMonth, 0};
  EXPECT_EQ(month.LastDay(Day("2024-02-01")), Day("2024-02-29"));
  const EntryDeadline year{CalendarSpan::kYear, 1};
  EXPECT_EQ(year.LastDay(Day("2024-06-15")), Day("2025-01-01"));
}

TEST(ParseProfileTest, SaysAllThatIsWrongAtOnce) {
  std::vector<Violation> violations;
  const auto profile = ParseProfile(
      R"({"scheme": "s", "colour": "red",
          "models": {"SEGREGATED": {}, "MASS_BALANCE": {
            "overdraw_pct": "20", "period_notice_days": 3,
            "close_after_days": 3}},
          "downgrades": [["MASS_BALANCE", "SEGREGATED"]],
          "entry_lag_days": 3,
          "entry_deadline": {"after": "QUARTER", "days": 3},
          "recognises": [{"scheme": "s", "models": ["SEGREGATED"]}],
          "conversions": [{"process": "p", "input": "i",
            "outputs": [{"product": "o", "factor": "1.5"}]}]})",
      &violations);
  EXPECT_FALSE(profile.has_value());
  std::string fields;
  for (const Violation& violation : violations) {
    fields += violation.field + "\n";
  }
  for (const char* field :
       {"colour", "models.MASS_BALANCE.overdraw_pct",
        "models.MASS_BALANCE.period_notice_days",
        "models.MASS_BALANCE.close_after_days", "downgrades[0]",
        "entry_deadline", "recognises[0].scheme",
        "conversions[0].outputs[0].factor"}) {
    EXPECT_NE(fields.find(field), std::string::npos) << field << "\n" << fields;
  }
}

}  // namespace
}  // namespace tally
