#include <gtest/gtest.h>

#include "tests/engine/rules/credits_fixture.h"

namespace tally {
namespace {

class UnbundleCreditsTest : public CreditsFixture {
 protected:
  void SetUp() override {
    CreditsFixture::SetUp();
    AddCredits(
        R"({"unbundle": {"parts": ["A", "E", "X"], "indivisible": ["A"]}})");
    Issued("2024-09-02", "S", "10");
  }

  void Unbundle() { Given("2024-10-01", UnbundleCredits{.block = "S"}); }
};

TEST_F(UnbundleCreditsTest, EachPartStandsForTheWholeVolume) {
  Unbundle();
  EXPECT_EQ(Has("miller", CreditState::kIssued), "30");
  EXPECT_EQ(Has("miller", CreditState::kIssued, "2024-09-30"), "10");
  const BlockIndex part = state().credits().Find("S/E");
  ASSERT_TRUE(part.valid());
  EXPECT_EQ(state().credits().at(part).count, 10);
  EXPECT_EQ(state().credits().at(part).unbundled_from,
            state().credits().Find("S"));
}

TEST_F(UnbundleCreditsTest, OnceAndOnlyOnce) {
  Unbundle();
  EXPECT_EQ(Post("2024-10-02", UnbundleCredits{.block = "S"}), Code::kSerial);
  EXPECT_EQ(Post("2024-10-02", UnbundleCredits{.block = "S/E"}), Code::kOrder);
  EXPECT_EQ(Post("2024-10-02", Sale("brand", {{"S", 1, 10}})), Code::kSerial);
  EXPECT_EQ(Post("2024-10-02", WithdrawCredits{.block = "S"}), Code::kSerial);
}

TEST_F(UnbundleCreditsTest, PartsAreNamed) {
  Unbundle();
  EXPECT_EQ(Post("2024-10-02", Sale("brand", "1")), Code::kInsufficient);
  EXPECT_EQ(Post("2024-10-02", Sale("brand", {{"S/E", 1, 4}})),
            Code::kAccepted);
}

TEST_F(UnbundleCreditsTest, AnIndivisiblePartMovesAsAWhole) {
  Unbundle();
  EXPECT_EQ(Post("2024-10-02", Sale("brand", {{"S/A", 1, 5}})), Code::kOrder);
  EXPECT_EQ(Post("2024-10-02", Redemption("miller", {{"S/A", 1, 9}})),
            Code::kOrder);
  EXPECT_EQ(Post("2024-10-02", Sale("brand", {{"S/A", 6, 10}, {"S/A", 1, 5}})),
            Code::kAccepted);
}

TEST_F(UnbundleCreditsTest, PartsAreRetiredInTheListedOrder) {
  Unbundle();
  EXPECT_EQ(Post("2024-10-02", Redemption("miller", {{"S/E", 1, 4}})),
            Code::kOrder);
  EXPECT_EQ(Post("2024-10-02", Redemption("miller", {{"S/A", 1, 10}})),
            Code::kAccepted);
  EXPECT_EQ(Post("2024-10-02", Redemption("miller", {{"S/E", 1, 4}})),
            Code::kAccepted);
  EXPECT_EQ(Post("2024-10-02", Redemption("miller", {{"S/X", 4, 5}})),
            Code::kOrder);
  EXPECT_EQ(Post("2024-10-02", Redemption("miller", {{"S/X", 3, 4}})),
            Code::kAccepted);
}

TEST_F(UnbundleCreditsTest, AnotherHolderMayRetireTheEarlierPart) {
  Unbundle();
  Given("2024-10-02", Sale("brand", {{"S/A", 1, 10}}));
  Given("2024-10-03", Redemption("brand", {{"S/A", 1, 10}}));
  EXPECT_EQ(Post("2024-10-04", Redemption("miller", {{"S/E", 1, 4}})),
            Code::kAccepted);
}

TEST_F(UnbundleCreditsTest, OneEventMayRetireAllPartsInOrder) {
  Unbundle();
  EXPECT_EQ(
      Post("2024-10-02", Redemption("miller", {{"S/E", 2, 3}, {"S/A", 1, 10}})),
      Code::kOrder);
  EXPECT_EQ(Post("2024-10-02", Redemption("miller", {{"S/A", 1, 10},
                                                     {"S/E", 1, 2},
                                                     {"S/E", 3, 5},
                                                     {"S/X", 2, 4}})),
            Code::kAccepted);
}

TEST_F(UnbundleCreditsTest, TheBlockIsWhole) {
  Given("2024-09-03", Sale("brand", "1"));
  EXPECT_EQ(Post("2024-10-01", UnbundleCredits{.block = "S"}), Code::kSerial);
  EXPECT_EQ(refusal().message.find("brand"), std::string::npos);
  TransferCredits back = Sale("miller", "1");
  back.from_party = "brand";
  Given("2024-09-04", back);
  EXPECT_EQ(Post("2024-09-03", UnbundleCredits{.block = "S"}), Code::kSerial);
  EXPECT_EQ(Post("2024-10-01", UnbundleCredits{.block = "S"}), Code::kAccepted);
}

TEST_F(UnbundleCreditsTest, ARetiredOrWithdrawnPartOfItIsGone) {
  Given("2024-09-03", Redemption("miller", {{"S", 1, 1}}));
  EXPECT_EQ(Post("2024-10-01", UnbundleCredits{.block = "S"}), Code::kRetired);
  Issued("2024-09-02", "T", "10");
  Given("2024-09-03",
        WithdrawCredits{.serials = List({SerialRange{"T", 1, 1}})});
  EXPECT_EQ(Post("2024-10-01", UnbundleCredits{.block = "T"}), Code::kSerial);
}

TEST_F(UnbundleCreditsTest, ThePartsNamesMustBeFree) {
  Issued("2024-09-02", "S/E", "10");
  EXPECT_EQ(Post("2024-10-01", UnbundleCredits{.block = "S"}), Code::kSerial);
  const std::string longest(64, 'b');
  Issued("2024-09-02", longest, "10");
  EXPECT_EQ(Post("2024-10-01", UnbundleCredits{.block = longest}),
            Code::kInvalidArgument);
}

TEST_F(UnbundleCreditsTest, OnlyWhereTheSchemeSaysSo) {
  AddScheme(R"({"scheme": "whole", "models": {"BOOK_AND_CLAIM": {}},
                "certificate": {"required": false}})");
  Given("2024-09-02", Originate{.site = "mill",
                                .product = "cpo",
                                .quantity = Dec("10"),
                                .claim = Claim("whole", Model::kBookAndClaim)});
  IssueCredits issue = Issue("W", "10");
  issue.scheme = "whole";
  Given("2024-09-02", issue);
  EXPECT_EQ(Post("2024-10-01", UnbundleCredits{.block = "W"}), Code::kOrder);
  EXPECT_EQ(Post("2024-10-01", UnbundleCredits{.block = "Z"}),
            Code::kUnknownBlock);
}

}  // namespace
}  // namespace tally
