#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

using RegistryRulesTest = RulesFixture;

constexpr std::string_view kPlainProfile =
    R"({"scheme": "s", "models": {"SEGREGATED": {}}})";

TEST_F(RegistryRulesTest, MakesThingsKnownWithAllTheirFields) {
  Given("2010-01-01", DefineProduct{.product = "uco",
                                    .name = "Used cooking oil",
                                    .unit = "LTR",
                                    .decimals = 3,
                                    .group = "oils",
                                    .category = Category::kWaste});
  Given("2010-01-01",
        RegisterParty{.party = "miller",
                      .name = "Müller AG",
                      .roles = List({Role::kOperator, Role::kBrand}),
                      .country = "CH",
                      .lei = "506700GE1G29325QX363",
                      .gln = "7612345000008"});
  Given("2010-01-01", RegisterSite{.site = "mill",
                                   .party = "miller",
                                   .name = "Mühle",
                                   .country = "CH",
                                   .kinds = Names({"MILL", "WAREHOUSE"}),
                                   .scope_group = "north"});

  const Registry& registry = state().registry();
  const Product& product = registry.at(registry.product_names.Find("uco"));
  EXPECT_EQ(product.name, "Used cooking oil");
  EXPECT_EQ(product.unit, "LTR");
  EXPECT_EQ(product.decimals, 3);
  EXPECT_EQ(product.group, "oils");
  EXPECT_EQ(product.category, Category::kWaste);
  const Party& party = registry.at(registry.party_names.Find("miller"));
  EXPECT_EQ(party.name, "Müller AG");
  EXPECT_EQ(party.country, "CH");
  EXPECT_EQ(party.lei, "506700GE1G29325QX363");
  EXPECT_EQ(party.gln, "7612345000008");
  EXPECT_TRUE(party.Has(Role::kBrand));
  EXPECT_FALSE(party.Has(Role::kRegulator));
  const Site& site = registry.at(registry.site_names.Find("mill"));
  EXPECT_EQ(site.party, registry.party_names.Find("miller"));
  EXPECT_EQ(site.name, "Mühle");
  EXPECT_THAT(site.kinds, testing::ElementsAre("MILL", "WAREHOUSE"));
  EXPECT_EQ(site.scope_group, "north");
}

TEST_F(RegistryRulesTest, NamesAreTakenOnce) {
  AddScheme(kPlainProfile);
  AddProduct("cpo", 2);
  AddParty("miller", {Role::kOperator});
  AddSite("mill", "miller");

  EXPECT_EQ(Post("2011-01-01", DefineScheme{.profile = kPlainProfile}),
            Code::kAlreadyExists);
  EXPECT_EQ(Post("2011-01-01", DefineProduct{.product = "cpo", .unit = "TNE"}),
            Code::kAlreadyExists);
  EXPECT_EQ(Post("2011-01-01", RegisterParty{.party = "miller",
                                             .roles = List({Role::kBrand})}),
            Code::kAlreadyExists);
  EXPECT_EQ(Post("2011-01-01", RegisterSite{.site = "mill", .party = "miller"}),
            Code::kAlreadyExists);
  EXPECT_EQ(refusal().violations[0].field, "register_site.site");
  // Each sort of thing has names of its own.
  EXPECT_EQ(Post("2011-01-01", RegisterSite{.site = "cpo", .party = "miller"}),
            Code::kAccepted);
}

TEST_F(RegistryRulesTest, ASiteNeedsItsParty) {
  EXPECT_EQ(Post("2011-01-01", RegisterSite{.site = "mill", .party = "none"}),
            Code::kUnknownParty);
  EXPECT_EQ(refusal().violations[0].value, "none");
}

TEST_F(RegistryRulesTest, ProductsOfAGroupShareUnitAndDecimals) {
  AddProduct("cpo", 2, "palm");

  EXPECT_EQ(Post("2011-01-01", DefineProduct{.product = "pko",
                                             .unit = "KGM",
                                             .decimals = 2,
                                             .group = "palm"}),
            Code::kInvalidArgument);
  EXPECT_EQ(refusal().violations[0].field, "define_product.unit");
  EXPECT_THAT(refusal().message, testing::HasSubstr("\"cpo\""));
  // Of another category too: the group is one, its accounts are several.
  EXPECT_EQ(Post("2011-01-01", DefineProduct{.product = "pko",
                                             .unit = "TNE",
                                             .decimals = 3,
                                             .group = "palm",
                                             .category = Category::kWaste}),
            Code::kInvalidArgument);
  EXPECT_EQ(refusal().violations[0].field, "define_product.decimals");
  EXPECT_EQ(Post("2011-01-01", DefineProduct{.product = "pko",
                                             .unit = "TNE",
                                             .decimals = 2,
                                             .group = "palm",
                                             .category = Category::kWaste}),
            Code::kAccepted);
}

TEST_F(RegistryRulesTest, AProductWithoutCategoryIsRegular) {
  AddProduct("cpo", 2, "palm");
  Given("2011-01-01", DefineProduct{.product = "pko",
                                    .unit = "TNE",
                                    .decimals = 2,
                                    .group = "palm",
                                    .category = Category::kRegular});

  const Registry& registry = state().registry();
  EXPECT_EQ(registry.at(registry.product_names.Find("cpo")).group_pool,
            registry.at(registry.product_names.Find("pko")).group_pool);
}

TEST_F(RegistryRulesTest, AProfileIsRefusedWithEveryMistake) {
  EXPECT_EQ(
      Post("2011-01-01", DefineScheme{.profile = R"({"scheme": "s", "shape": 1,
             "models": {"SEGREGATED": {}}, "rounding": "SIDEWAYS"})"}),
      Code::kInvalidArgument);
  ASSERT_EQ(refusal().violations.size(), 2);
  EXPECT_EQ(refusal().violations[0].field, "define_scheme.profile.rounding");
  EXPECT_EQ(refusal().violations[1].field, "define_scheme.profile.shape");
  EXPECT_EQ(Post("2011-01-01", DefineScheme{.profile = "{"}),
            Code::kInvalidArgument);
  EXPECT_EQ(refusal().violations[0].field, "define_scheme.profile");
}

TEST_F(RegistryRulesTest, ACycleIsListedBesideTheOtherMistakes) {
  AddScheme(R"({"scheme": "b", "models": {"SEGREGATED": {}},
                "recognises": [{"scheme": "a", "models": ["SEGREGATED"]}]})");
  EXPECT_EQ(Post("2025-01-01", DefineScheme{.profile = R"({"scheme": "a",
      "models": {"SEGREGATED": {}}, "colour": "red",
      "recognises": [{"scheme": "b", "models": ["SEGREGATED"]}]})"}),
            Code::kInvalidArgument);
  ASSERT_EQ(refusal().violations.size(), 2U);
  EXPECT_EQ(refusal().violations[0].field, "define_scheme.profile.colour");
  EXPECT_EQ(refusal().violations[1].field,
            "define_scheme.profile.recognises[0].scheme");
}

TEST_F(RegistryRulesTest, ASchemeHasVersionsFromDifferentDates) {
  AddScheme(kPlainProfile);
  AddScheme(R"({"scheme": "s", "effective_from": "2025-01-01",
                "models": {"SEGREGATED": {}, "MASS_BALANCE": {}}})");
  EXPECT_EQ(Post("2011-01-01", DefineScheme{.profile = R"({"scheme": "s",
                "effective_from": "2025-01-01",
                "models": {"IDENTITY_PRESERVED": {}}})"}),
            Code::kAlreadyExists);
  // In between, though it comes later.
  AddScheme(R"({"scheme": "s", "effective_from": "2024-01-01",
                "models": {"IDENTITY_PRESERVED": {}}})");

  const Schemes& schemes = state().schemes();
  const SchemeIndex scheme = schemes.Find("s");
  EXPECT_EQ(schemes.size(), 1);
  EXPECT_FALSE(
      schemes.At(scheme, Day("2024-12-31")).Lists(Model::kMassBalance));
  EXPECT_TRUE(
      schemes.At(scheme, Day("2024-12-31")).Lists(Model::kIdentityPreserved));
  EXPECT_TRUE(schemes.At(scheme, Day("2025-01-01")).Lists(Model::kMassBalance));
  EXPECT_TRUE(schemes.At(scheme, Day("2023-12-31")).Lists(Model::kSegregated));
}

}  // namespace
}  // namespace tally
