#include "engine/model/claim.h"

#include <gtest/gtest.h>

#include <optional>
#include <string_view>

namespace tally {
namespace {

TEST(ModelTest, NamesReadBack) {
  for (int number = 0; number < kModelCount; ++number) {
    const auto model = static_cast<Model>(number);
    EXPECT_EQ(ParseModel(ModelName(model)), model);
  }
  for (const std::string_view name :
       {"", "mass_balance", "MASS BALANCE", "MASS_BALANCE ", "MIXED"}) {
    EXPECT_EQ(ParseModel(name), std::nullopt) << name;
  }
}

// The numbers are stored and sent.
TEST(ModelTest, NumbersAreFrozen) {
  EXPECT_EQ(ModelName(static_cast<Model>(0)), "CONVENTIONAL");
  EXPECT_EQ(ModelName(static_cast<Model>(1)), "IDENTITY_PRESERVED");
  EXPECT_EQ(ModelName(static_cast<Model>(2)), "SEGREGATED");
  EXPECT_EQ(ModelName(static_cast<Model>(3)), "CONTROLLED_BLENDING");
  EXPECT_EQ(ModelName(static_cast<Model>(4)), "MASS_BALANCE");
  EXPECT_EQ(ModelName(static_cast<Model>(5)), "BOOK_AND_CLAIM");
}

TEST(ModelTest, PhysicalModelsAreNotEntitlements) {
  EXPECT_TRUE(IsPhysical(Model::kIdentityPreserved));
  EXPECT_TRUE(IsPhysical(Model::kSegregated));
  EXPECT_TRUE(IsPhysical(Model::kControlledBlending));
  EXPECT_FALSE(IsPhysical(Model::kMassBalance));
  EXPECT_FALSE(IsPhysical(Model::kBookAndClaim));
  EXPECT_FALSE(IsPhysical(Model::kConventional));
}

TEST(ClaimNameTest, WithoutSchemeIsConventional) {
  EXPECT_TRUE(ClaimName{}.IsConventional());
  const ClaimName claim{.scheme = "rspo-2020", .model = Model::kSegregated};
  EXPECT_FALSE(claim.IsConventional());
}

}  // namespace
}  // namespace tally
