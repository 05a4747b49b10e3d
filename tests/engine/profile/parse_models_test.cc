#include "engine/profile/parse_models.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/profile/profile_text.h"

namespace tally {
namespace {

constexpr Model kIp = Model::kIdentityPreserved;
constexpr Model kSg = Model::kSegregated;
constexpr Model kCb = Model::kControlledBlending;
constexpr Model kMb = Model::kMassBalance;
constexpr Model kBc = Model::kBookAndClaim;

TEST(ParseModelsTest, FillsInMassBalanceDefaults) {
  const Profile profile = Parsed(WithModel("MASS_BALANCE", "{}"));
  const MassBalanceTerms& terms = profile.mass_balance;
  EXPECT_EQ(terms.method, MassBalanceMethod::kCredit);
  EXPECT_EQ(terms.scope, AccountScope::kSite);
  EXPECT_EQ(terms.accounting, Accounting::kContinuous);
  EXPECT_FALSE(terms.IsFixedPeriod());
  EXPECT_EQ(terms.period_months, 3);
  EXPECT_FALSE(terms.allow_short_within_period);
  EXPECT_EQ(terms.overdraw_pct, Ratio(0));
  EXPECT_TRUE(terms.overdraw_needs_reason);
  EXPECT_EQ(terms.carry_over.kind, CarryOverKind::kUnlimited);
  EXPECT_EQ(terms.carry_cap, CarryCap::kNone);
  EXPECT_EQ(terms.window_months, 12);
  EXPECT_EQ(terms.average, PercentageAverage::kRatioOfSums);
  EXPECT_EQ(terms.label_threshold_pct, std::nullopt);
  EXPECT_FALSE(terms.entitlement_transfer_allowed);
}

TEST(ParseModelsTest, ReadsEveryMassBalanceKey) {
  const Profile profile = Parsed(WithModel("MASS_BALANCE", R"({
      "method": "PERCENTAGE", "scope": "SCOPE_GROUP",
      "accounting": "FIXED_PERIOD", "period_months": 6,
      "period_months_by_site_kind": {"GATHERER": 12, "TRADER": 1},
      "allow_short_within_period": true,
      "overdraw_pct": "20", "overdraw_needs_reason": false,
      "carry_over": {"kind": "PERIODS", "count": 4},
      "carry_cap": "PHYSICAL_STOCK", "window_months": 4,
      "average": "MEAN_OF_RATIOS", "label_threshold_pct": "70",
      "entitlement_transfer": {"allowed": true}})"));
  const MassBalanceTerms& terms = profile.mass_balance;
  EXPECT_EQ(terms.method, MassBalanceMethod::kPercentage);
  EXPECT_EQ(terms.scope, AccountScope::kScopeGroup);
  EXPECT_TRUE(terms.IsFixedPeriod());
  EXPECT_EQ(terms.period_months, 6);
  EXPECT_TRUE(terms.allow_short_within_period);
  EXPECT_EQ(terms.overdraw_pct, Ratio(20));
  EXPECT_FALSE(terms.overdraw_needs_reason);
  EXPECT_EQ(terms.carry_over.kind, CarryOverKind::kPeriods);
  EXPECT_EQ(terms.carry_over.count, 4);
  EXPECT_EQ(terms.carry_cap, CarryCap::kPhysicalStock);
  EXPECT_EQ(terms.window_months, 4);
  EXPECT_EQ(terms.average, PercentageAverage::kMeanOfRatios);
  EXPECT_EQ(terms.label_threshold_pct, Ratio(70));
  EXPECT_TRUE(terms.entitlement_transfer_allowed);
  EXPECT_EQ(terms.PeriodMonths(std::vector<std::string>{"GATHERER"}), 12);
  EXPECT_EQ(terms.PeriodMonths(std::vector<std::string>{"MILL", "TRADER"}), 1);
  EXPECT_EQ(terms.PeriodMonths(std::vector<std::string>{"TRADER", "GATHERER"}),
            12);
  EXPECT_EQ(terms.PeriodMonths(std::vector<std::string>{"MILL"}), 6);
  EXPECT_EQ(terms.PeriodMonths({}), 6);
}

class MassBalanceMistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(MassBalanceMistakeTest, NamesKeyValueAndLimit) {
  Mistake mistake = GetParam();
  const std::string field = "models.MASS_BALANCE." + std::string(mistake.field);
  mistake.field = field;
  ExpectMistake(WithModel("MASS_BALANCE", mistake.json), mistake);
}

INSTANTIATE_TEST_SUITE_P(
    MassBalance, MassBalanceMistakeTest,
    testing::Values(
        Mistake{R"({"method": "DEBIT"})", "method", "\"DEBIT\"",
                "one of CREDIT, PERCENTAGE"},
        Mistake{R"({"scope": "WORLD"})", "scope", "\"WORLD\"",
                "one of SITE, SCOPE_GROUP, PARTY, COUNTRY"},
        Mistake{R"({"accounting": "DAILY"})", "accounting", "\"DAILY\"",
                "one of CONTINUOUS, FIXED_PERIOD"},
        Mistake{R"({"period_months": 13})", "period_months", "13",
                "from 1 to 12"},
        Mistake{R"({"period_months": 0})", "period_months", "0",
                "from 1 to 12"},
        Mistake{R"({"period_months": "3"})", "period_months", "\"3\"",
                "a whole number"},
        Mistake{R"({"period_months_by_site_kind": {"GATHERER": 13}})",
                "period_months_by_site_kind.GATHERER", "13", "from 1 to 12"},
        Mistake{R"({"period_months_by_site_kind": {"A B": 1}})",
                "period_months_by_site_kind.A B", "", "as a key, an id"},
        Mistake{R"({"period_months_by_site_kind": 12})",
                "period_months_by_site_kind", "12", "an object"},
        Mistake{R"({"allow_short_within_period": "no"})",
                "allow_short_within_period", "\"no\"", "true or false"},
        Mistake{R"({"overdraw_pct": 20})", "overdraw_pct", "20",
                "a decimal in quotes"},
        Mistake{R"({"overdraw_needs_reason": 0})", "overdraw_needs_reason", "0",
                "true or false"},
        Mistake{R"({"carry_over": {}})", "carry_over.kind", "", "required"},
        Mistake{R"({"carry_over": {"kind": "SOME"}})", "carry_over.kind",
                "\"SOME\"", "one of NONE, PERIODS, MONTHS, UNLIMITED"},
        Mistake{R"({"carry_over": {"kind": "MONTHS"}})", "carry_over.count", "",
                "required"},
        Mistake{R"({"carry_over": {"kind": "MONTHS", "count": 0}})",
                "carry_over.count", "0", "from 1 to 1200"},
        Mistake{R"({"carry_over": {"kind": "UNLIMITED", "count": 1}})",
                "carry_over.count", "1", "no count beside this kind"},
        Mistake{R"({"carry_over": {"kind": "UNLIMITED", "months": 1}})",
                "carry_over.months", "1", "unknown key"},
        Mistake{R"({"carry_cap": "STOCK"})", "carry_cap", "\"STOCK\"",
                "one of NONE, PHYSICAL_STOCK"},
        Mistake{R"({"window_months": 0})", "window_months", "0", "from 1"},
        Mistake{R"({"average": "MEAN"})", "average", "\"MEAN\"",
                "one of RATIO_OF_SUMS, MEAN_OF_RATIOS"},
        Mistake{R"({"label_threshold_pct": "101"})", "label_threshold_pct",
                "\"101\"", "from 0 to 100"},
        Mistake{R"({"entitlement_transfer": true})", "entitlement_transfer",
                "true", "an object"},
        Mistake{R"({"entitlement_transfer": {"allowed": 1}})",
                "entitlement_transfer.allowed", "1", "true or false"},
        Mistake{R"({"entitlement_transfer": {"between": 1}})",
                "entitlement_transfer.between", "1", "unknown key"},
        // Without periods these could never act.
        Mistake{R"({"allow_short_within_period": true})",
                "allow_short_within_period", "true", "FIXED_PERIOD"},
        Mistake{R"({"overdraw_pct": "20"})", "overdraw_pct", "\"20\"",
                "FIXED_PERIOD"},
        Mistake{R"({"carry_over": {"kind": "NONE"}})", "carry_over", "{…}",
                "FIXED_PERIOD"},
        Mistake{R"({"carry_over": {"kind": "PERIODS", "count": 1}})",
                "carry_over", "{…}", "FIXED_PERIOD"},
        Mistake{R"({"carry_cap": "PHYSICAL_STOCK"})", "carry_cap",
                "\"PHYSICAL_STOCK\"", "FIXED_PERIOD"}));

TEST(ParseModelsTest, CarriesMonthsOverWithoutPeriods) {
  const Profile profile = Parsed(WithModel(
      "MASS_BALANCE", R"({"carry_over": {"kind": "MONTHS", "count": 24}})"));
  EXPECT_EQ(profile.mass_balance.carry_over.count, 24);
}

TEST(ParseModelsTest, FillsInBookAndClaimDefaults) {
  const Profile profile = Parsed(WithModel("BOOK_AND_CLAIM", "{}"));
  const BookAndClaimTerms& terms = profile.book_and_claim;
  EXPECT_TRUE(terms.issuer_site_kinds.empty());
  EXPECT_TRUE(terms.MayIssue({}));
  EXPECT_EQ(terms.unit, (Decimal{.mantissa = 1, .scale = 0}));
  EXPECT_EQ(terms.expiry.kind, CreditExpiryKind::kNone);
  EXPECT_EQ(terms.issue_window_months, std::nullopt);
  EXPECT_EQ(terms.prior_vintage_pct, Ratio(100));
  EXPECT_EQ(terms.attach_ratio, std::nullopt);
  EXPECT_FALSE(terms.unbundle.has_value());
  EXPECT_FALSE(terms.Forfeits(Purpose::kCompliance));
  EXPECT_FALSE(terms.audit_reference_above.has_value());
  EXPECT_FALSE(terms.claim_period_ended);
}

TEST(ParseModelsTest, ReadsEveryBookAndClaimKey) {
  const Profile profile = Parsed(WithModel("BOOK_AND_CLAIM", R"({
      "issuer_site_kinds": ["MILL", "CRUSHER"], "unit": "0.01",
      "expiry": {"kind": "DATE_AFTER_VINTAGE", "month_day": "03-31"},
      "issue_window_months": 11, "prior_vintage_pct": "20",
      "attach_ratio": "2.5",
      "unbundle": {"parts": ["A", "E"], "indivisible": ["A"]},
      "forfeits": ["COMPLIANCE"],
      "audit_reference_above": {"quantity": "500", "per": "YEAR"},
      "claim_period_ended": true})"));
  const BookAndClaimTerms& terms = profile.book_and_claim;
  EXPECT_TRUE(terms.MayIssue(std::vector<std::string>{"TRADER", "CRUSHER"}));
  EXPECT_FALSE(terms.MayIssue(std::vector<std::string>{"TRADER"}));
  EXPECT_FALSE(terms.MayIssue({}));
  EXPECT_EQ(terms.unit, (Decimal{.mantissa = 1, .scale = 2}));
  EXPECT_EQ(terms.expiry.kind, CreditExpiryKind::kDateAfterVintage);
  EXPECT_EQ(terms.expiry.month, 3);
  EXPECT_EQ(terms.expiry.day, 31);
  EXPECT_EQ(terms.issue_window_months, 11);
  EXPECT_EQ(terms.prior_vintage_pct, Ratio(20));
  EXPECT_EQ(terms.attach_ratio, Ratio::Of(5, 2));
  ASSERT_TRUE(terms.unbundle.has_value());
  EXPECT_EQ(terms.unbundle->parts, (std::vector<std::string>{"A", "E"}));
  EXPECT_TRUE(terms.unbundle->IsIndivisible("A"));
  EXPECT_FALSE(terms.unbundle->IsIndivisible("E"));
  EXPECT_TRUE(terms.Forfeits(Purpose::kCompliance));
  EXPECT_FALSE(terms.Forfeits(Purpose::kVoluntary));
  ASSERT_TRUE(terms.audit_reference_above.has_value());
  EXPECT_EQ(terms.audit_reference_above->quantity,
            (Decimal{.mantissa = 500, .scale = 0}));
  EXPECT_TRUE(terms.claim_period_ended);
}

TEST(ParseModelsTest, NullIsNoCreditTerm) {
  const Profile profile = Parsed(WithModel("BOOK_AND_CLAIM", R"({
      "issue_window_months": null, "attach_ratio": null, "unbundle": null,
      "audit_reference_above": null, "forfeits": []})"));
  EXPECT_EQ(profile.book_and_claim.attach_ratio, std::nullopt);
  EXPECT_FALSE(profile.book_and_claim.unbundle.has_value());
}

class BookAndClaimMistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(BookAndClaimMistakeTest, NamesKeyValueAndLimit) {
  Mistake mistake = GetParam();
  const std::string field =
      "models.BOOK_AND_CLAIM." + std::string(mistake.field);
  mistake.field = field;
  ExpectMistake(WithModel("BOOK_AND_CLAIM", mistake.json), mistake);
}

INSTANTIATE_TEST_SUITE_P(
    BookAndClaim, BookAndClaimMistakeTest,
    testing::Values(
        Mistake{R"({"issuer_site_kinds": []})", "issuer_site_kinds", "[…]",
                "at least one site kind"},
        Mistake{R"({"issuer_site_kinds": ["MILL", "MILL"]})",
                "issuer_site_kinds[1]", "\"MILL\"", "twice"},
        Mistake{R"({"unit": "0"})", "unit", "\"0\"", "above 0"},
        Mistake{R"({"unit": "0.0000001"})", "unit", "\"0.0000001\"",
                "at most 6 decimals"},
        Mistake{R"({"unit": 1})", "unit", "1", "a quantity in quotes"},
        Mistake{R"({"expiry": {"kind": "SOON"}})", "expiry.kind", "\"SOON\"",
                "one of NONE, MONTHS_FROM_PRODUCTION, VINTAGE_YEARS"},
        Mistake{R"({"expiry": {"kind": "VINTAGE_YEARS"}})", "expiry.count", "",
                "required"},
        Mistake{R"({"expiry": {"kind": "MONTHS_FROM_PRODUCTION"}})",
                "expiry.count", "", "required"},
        Mistake{R"({"expiry": {"kind": "NONE", "count": 1}})", "expiry.count",
                "1", "no count beside this kind"},
        Mistake{R"({"expiry": {"kind": "VINTAGE_YEARS", "count": 1,
                               "month_day": "03-31"}})",
                "expiry.month_day", "\"03-31\"",
                "no month_day beside this kind"},
        Mistake{R"({"expiry": {"kind": "DATE_AFTER_VINTAGE"}})",
                "expiry.month_day", "", "required"},
        Mistake{R"({"expiry": {"kind": "DATE_AFTER_VINTAGE",
                               "month_day": "02-30"}})",
                "expiry.month_day", "\"02-30\"", "a day of the year"},
        Mistake{R"({"expiry": {"kind": "NONE", "until": 1}})", "expiry.until",
                "1", "unknown key"},
        Mistake{R"({"issue_window_months": -1})", "issue_window_months", "-1",
                "from 0 to 1200"},
        Mistake{R"({"prior_vintage_pct": "120"})", "prior_vintage_pct",
                "\"120\"", "from 0 to 100"},
        Mistake{R"({"attach_ratio": "0"})", "attach_ratio", "\"0\"",
                "above 0 and at most 1000000"},
        Mistake{R"({"attach_ratio": "1000000.1"})", "attach_ratio",
                "\"1000000.1\"", "at most 1000000"},
        Mistake{R"({"unbundle": {"indivisible": []}})", "unbundle.parts", "",
                "required"},
        Mistake{R"({"unbundle": {"parts": ["A"]}})", "unbundle.parts", "[…]",
                "at least two parts"},
        Mistake{R"({"unbundle": {"parts": ["A", "E"], "indivisible": ["X"]}})",
                "unbundle.indivisible", "[…]", "unlike X"},
        Mistake{R"({"unbundle": {"parts": ["A", "E"], "order": 1}})",
                "unbundle.order", "1", "unknown key"},
        Mistake{R"({"forfeits": ["TAX"]})", "forfeits[0]", "\"TAX\"",
                "one of VOLUNTARY, COMPLIANCE, MEMBER_USE"},
        Mistake{R"({"forfeits": ["VOLUNTARY", "VOLUNTARY"]})", "forfeits[1]",
                "\"VOLUNTARY\"", "once"},
        Mistake{R"({"audit_reference_above": {"per": "YEAR"}})",
                "audit_reference_above.quantity", "", "required"},
        Mistake{R"({"audit_reference_above": {"quantity": "5", "per": "DAY"}})",
                "audit_reference_above.per", "\"DAY\"", "one of YEAR"},
        Mistake{R"({"audit_reference_above": {"quantity": "5", "of": 1}})",
                "audit_reference_above.of", "1", "unknown key"},
        Mistake{R"({"claim_period_ended": 1})", "claim_period_ended", "1",
                "true or false"},
        Mistake{R"({"lots": "OPTIONAL"})", "lots", "\"OPTIONAL\"",
                "unknown key"}));

TEST(ParseModelsTest, ReadsPhysicalModels) {
  const Profile profile = Parsed(
      R"({"scheme": "s", "models": {"SEGREGATED": {"lots": "REQUIRED"},
          "CONTROLLED_BLENDING": {"min_share_pct": "5"}}})");
  EXPECT_EQ(profile.segregated.lots, LotUse::kRequired);
  EXPECT_EQ(profile.controlled_blending.min_share_pct, Ratio(5));
}

TEST(ParseModelsTest, RefusesMistakesInPhysicalModels) {
  ExpectMistake(
      WithModel("SEGREGATED", R"({"lots": "NEVER"})"),
      {"", "models.SEGREGATED.lots", "\"NEVER\"", "one of OPTIONAL, REQUIRED"});
  ExpectMistake(WithModel("CONTROLLED_BLENDING", R"({"min_share_pct": "x"})"),
                {"", "models.CONTROLLED_BLENDING.min_share_pct", "\"x\"",
                 "a percentage from 0 to 100"});
  ExpectMistake(
      WithModel("IDENTITY_PRESERVED", R"({"lots": "OPTIONAL"})"),
      {"", "models.IDENTITY_PRESERVED.lots", "\"OPTIONAL\"", "unknown key"});
}

TEST(ParseModelsTest, RefusesModelsThatDoNotExist) {
  ExpectMistake(R"({"scheme": "s", "models": {"SEGREGATED": {}, "MIXED": {}}})",
                {"", "models.MIXED", "{…}",
                 "known are: IDENTITY_PRESERVED, SEGREGATED, "
                 "CONTROLLED_BLENDING, MASS_BALANCE, BOOK_AND_CLAIM"});
  ExpectMistake(
      R"({"scheme": "s", "models": {"SEGREGATED": {}, "CONVENTIONAL": {}}})",
      {"", "models.CONVENTIONAL", "{…}", "unknown key"});
  ExpectMistake(R"({"scheme": "s", "models": {}})",
                {"", "models", "{…}", "at least one of"});
  ExpectMistake(R"({"scheme": "s", "models": ["SEGREGATED"]})",
                {"", "models", "[…]", "an object"});
  ExpectMistake(R"({"scheme": "s", "models": {"SEGREGATED": null}})",
                {"", "models.SEGREGATED", "null", "an object"});
}

// Every pair that the profile allows, beyond a model to itself and to
// conventional, which must always be allowed.
std::vector<std::pair<Model, Model>> Downgrades(const Profile& profile) {
  std::vector<std::pair<Model, Model>> pairs;
  for (int from = 0; from < kModelCount; ++from) {
    const auto from_model = static_cast<Model>(from);
    EXPECT_TRUE(profile.CanDowngrade(from_model, from_model));
    EXPECT_TRUE(profile.CanDowngrade(from_model, Model::kConventional));
    for (int to = 1; to < kModelCount; ++to) {
      const auto to_model = static_cast<Model>(to);
      if (from != to && profile.CanDowngrade(from_model, to_model)) {
        pairs.emplace_back(from_model, to_model);
      }
    }
  }
  return pairs;
}

using Pairs = std::vector<std::pair<Model, Model>>;

constexpr std::string_view kAllModels =
    R"({"scheme": "s", "models": {"IDENTITY_PRESERVED": {}, "SEGREGATED": {},
        "CONTROLLED_BLENDING": {}, "MASS_BALANCE": {}, "BOOK_AND_CLAIM": {}})";

TEST(DowngradesTest, DefaultLeadsFromIdentityPreservedToMassBalance) {
  EXPECT_EQ(Downgrades(Parsed(std::string(kAllModels) + "}")),
            (Pairs{{kIp, kSg}, {kIp, kMb}, {kSg, kMb}}));
}

TEST(DowngradesTest, DefaultIsOverTheModelsListed) {
  EXPECT_EQ(
      Downgrades(Parsed(R"({"scheme": "s", "models": {"IDENTITY_PRESERVED": {},
                            "MASS_BALANCE": {}}})")),
      (Pairs{{kIp, kMb}}));
  EXPECT_EQ(Downgrades(Parsed(WithModel("BOOK_AND_CLAIM", "{}"))), Pairs{});
}

TEST(DowngradesTest, Compose) {
  const Profile profile =
      Parsed(std::string(kAllModels) +
             R"(, "downgrades": [["CONTROLLED_BLENDING", "MASS_BALANCE"],
          ["IDENTITY_PRESERVED", "CONTROLLED_BLENDING"]]})");
  EXPECT_EQ(Downgrades(profile), (Pairs{{kIp, kCb}, {kIp, kMb}, {kCb, kMb}}));
  EXPECT_FALSE(profile.CanDowngrade(kMb, kBc));
}

TEST(DowngradesTest, AnEmptyListAllowsNone) {
  EXPECT_EQ(
      Downgrades(Parsed(std::string(kAllModels) + R"(, "downgrades": []})")),
      Pairs{});
}

class DowngradeMistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(DowngradeMistakeTest, NamesKeyValueAndLimit) {
  ExpectMistake(R"({"scheme": "s", "models": {"IDENTITY_PRESERVED": {},
      "SEGREGATED": {}, "BOOK_AND_CLAIM": {}, "MASS_BALANCE": {}},
      "downgrades": )" +
                    std::string(GetParam().json) + "}",
                GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Downgrades, DowngradeMistakeTest,
    testing::Values(
        Mistake{R"([["SEGREGATED"]])", "downgrades[0]", "[…]", "a pair"},
        Mistake{R"("ALL")", "downgrades", "\"ALL\"", "a list"},
        Mistake{R"([["SEGREGATED", "MIXED"]])", "downgrades[0][1]", "\"MIXED\"",
                "one of IDENTITY_PRESERVED"},
        Mistake{R"([["SEGREGATED", "CONTROLLED_BLENDING"]])",
                "downgrades[0][1]", "\"CONTROLLED_BLENDING\"",
                "a model that the profile lists"},
        Mistake{R"([["MASS_BALANCE", "BOOK_AND_CLAIM"]])", "downgrades[0]",
                "[…]", "credits come out of booking alone"},
        Mistake{R"([["SEGREGATED", "SEGREGATED"]])", "downgrades[0]", "[…]",
                "cycle"},
        Mistake{R"([["IDENTITY_PRESERVED", "SEGREGATED"],
                    ["SEGREGATED", "MASS_BALANCE"],
                    ["MASS_BALANCE", "IDENTITY_PRESERVED"]])",
                "downgrades[2]", "[…]", "cycle"}));

TEST(ClaimTextsTest, AreOfListedModels) {
  ExpectMistake(WithKeys(R"("claim_texts": {"BOOK_AND_CLAIM": "Supports"})"),
                {"", "claim_texts.BOOK_AND_CLAIM", "\"Supports\"",
                 "a model that the profile lists"});
  ExpectMistake(WithKeys(R"("claim_texts": {"MIXED": "Mixed"})"),
                {"", "claim_texts.MIXED", "\"Mixed\"", "unknown key"});
  ExpectMistake(WithKeys(R"("claim_texts": {"SEGREGATED": ["x"]})"),
                {"", "claim_texts.SEGREGATED", "[…]", "a text"});
}

}  // namespace
}  // namespace tally
