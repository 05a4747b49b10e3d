#include "bench/workload/mix.h"

#include <map>

#include "bench/workload/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tally::bench {
namespace {

using ::testing::HasSubstr;

TEST(MixTest, ReadsWeightsByName) {
  const auto mix = ParseMix("receive=3,redeem=1");

  ASSERT_TRUE(mix.ok());
  EXPECT_EQ(mix->of[static_cast<size_t>(Kind::kReceive)], 3);
  EXPECT_EQ(mix->of[static_cast<size_t>(Kind::kRedeem)], 1);
  EXPECT_EQ(mix->total(), 4);
  EXPECT_FALSE(mix->Has(Kind::kShip));
}

TEST(MixTest, KnowsMixesByName) {
  EXPECT_EQ(ParseMix("sales")->total(), 2);
  const auto chain = ParseMix("chain");
  ASSERT_TRUE(chain.ok());
  for (size_t kind = 0; kind < kKindCount; ++kind) {
    EXPECT_TRUE(chain->Has(static_cast<Kind>(kind)));
  }
}

TEST(MixTest, SaysWhichPartIsWrong) {
  for (const char* const text : {"receive", "receive=", "receive=x", "sell=1",
                                 "receive=-1", "receive=1000001", "=1", ""}) {
    const auto mix = ParseMix(text);
    ASSERT_FALSE(mix.ok()) << text;
    EXPECT_THAT(std::string(mix.status().message()), HasSubstr("receive"))
        << text;
  }
  EXPECT_THAT(std::string(ParseMix("ship=0").status().message()),
              HasSubstr("weight above zero"));
}

TEST(MixTest, DrawsInProportionToTheWeights) {
  const auto models = ParseModels("mass_balance=70,identity_preserved=30");
  ASSERT_TRUE(models.ok());
  Random random(3);
  std::map<Custody, int> drawn;
  for (int i = 0; i < 10'000; ++i) ++drawn[models->Draw(&random)];

  EXPECT_NEAR(drawn[Custody::kMassBalance], 7'000, 300);
  EXPECT_NEAR(drawn[Custody::kIdentityPreserved], 3'000, 300);
  EXPECT_EQ(drawn.count(Custody::kSegregated), 0u);
}

}  // namespace
}  // namespace tally::bench
