#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class SourceRulesTest : public RulesFixture {
 protected:
  SourceRulesTest() {
    AddScheme(R"({"scheme": "s", "certificate": {"required": false},
                  "models": {"SEGREGATED": {}},
                  "source_status": {"green_months": 12, "blue_months": 36}})");
    AddScheme(R"({"scheme": "lasting", "certificate": {"required": false},
                  "models": {"SEGREGATED": {}}})");
    AddParty("coop", {Role::kOperator});
    AddSite("mine", "coop", {"MINE"});
    AddProduct("ore", 0);
  }

  void Set(SourceStatus status, std::string_view from) {
    Given(
        "2025-01-01",
        SetSourceStatus{.source = "mine", .status = status, .from = Day(from)});
  }
  static Originate Origination(std::string_view scheme, std::string_view lot) {
    return {.site = "mine",
            .product = "ore",
            .quantity = Dec("50"),
            .claim = Claim(scheme, Model::kSegregated),
            .lot = lot};
  }
  Code OriginateOn(std::string_view date, SourceStatus stated) {
    Originate originate = Origination("s", "");
    originate.attributes.source_status = stated;
    return Post(date, originate);
  }
  SourceStatus StatusOf(std::string_view lot) const {
    return state().lots().at(state().lots().Find(lot)).attributes.source_status;
  }
};

TEST_F(SourceRulesTest, ALotKeepsTheColourOfItsDay) {
  Set(SourceStatus::kGreen, "2025-03-01");
  Given("2026-03-01", Origination("s", "BAG1"));
  Given("2026-03-02", Origination("s", "BAG2"));
  Given("2026-03-02", Origination("lasting", "BAG3"));

  EXPECT_EQ(StatusOf("BAG1"), SourceStatus::kGreen);
  EXPECT_EQ(StatusOf("BAG2"), SourceStatus::kBlue);
  EXPECT_EQ(StatusOf("BAG3"), SourceStatus::kGreen);
}

TEST_F(SourceRulesTest, StatesNothingBetterThanItsSource) {
  Set(SourceStatus::kGreen, "2025-03-01");
  EXPECT_EQ(OriginateOn("2025-06-01", SourceStatus::kGreen), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2025-06-01", SourceStatus::kYellow), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2026-06-01", SourceStatus::kGreen),
            Code::kSourceStatus);
  EXPECT_EQ(refusal().rule, "R54");
  EXPECT_EQ(OriginateOn("2026-06-01", SourceStatus::kBlue), Code::kAccepted);
}

TEST_F(SourceRulesTest, ARedSourceOriginatesNothing) {
  Set(SourceStatus::kGreen, "2025-03-01");
  EXPECT_EQ(OriginateOn("2029-03-01", SourceStatus::kUnspecified),
            Code::kAccepted);
  EXPECT_EQ(OriginateOn("2029-03-02", SourceStatus::kUnspecified),
            Code::kSourceStatus);
  EXPECT_EQ(OriginateOn("2029-03-02", SourceStatus::kRed), Code::kSourceStatus);
  Set(SourceStatus::kRed, "2025-06-01");
  EXPECT_EQ(OriginateOn("2025-05-31", SourceStatus::kUnspecified),
            Code::kAccepted);
  EXPECT_EQ(OriginateOn("2025-06-01", SourceStatus::kUnspecified),
            Code::kSourceStatus);
}

TEST_F(SourceRulesTest, ASourceOfUnknownColourStatesItsOwn) {
  EXPECT_EQ(OriginateOn("2025-06-01", SourceStatus::kGreen), Code::kAccepted);
}

}  // namespace
}  // namespace tally
