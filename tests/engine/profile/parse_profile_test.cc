#include "engine/profile/parse_profile.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/model/limits.h"
#include "tests/engine/profile/profile_text.h"

namespace tally {
namespace {

TEST(ParseProfileTest, FillsInEveryDefault) {
  const Profile profile =
      Parsed(R"({"scheme": "plain", "models": {"SEGREGATED": {}}})");

  EXPECT_EQ(profile.scheme, "plain");
  EXPECT_EQ(profile.name, "plain");
  EXPECT_EQ(profile.owner, "");
  EXPECT_EQ(profile.effective_from, Date::Min());
  EXPECT_TRUE(profile.Lists(Model::kSegregated));
  EXPECT_FALSE(profile.Lists(Model::kMassBalance));
  EXPECT_FALSE(profile.Lists(Model::kConventional));
  EXPECT_EQ(profile.mixing.unknown_origin, UnknownOrigin::kDeclassifies);
  EXPECT_EQ(profile.mixing.ip_mix, IpMix::kBecomesSegregated);
  EXPECT_EQ(profile.mixing.ghg, GhgMixing::kEqualOrHighest);
  EXPECT_FALSE(profile.mixing.origin_match);
  EXPECT_EQ(profile.rounding, Rounding::kDown);
  EXPECT_TRUE(profile.certificate.required);
  EXPECT_TRUE(profile.certificate.volume_cap);
  EXPECT_EQ(profile.certificate.cap_year, CapYear::kCertificate);
  EXPECT_EQ(profile.certificate.suspended_stock, SuspendedStock::kFreeze);
  EXPECT_FALSE(profile.certificate.gap_voids_carry);
  EXPECT_EQ(profile.group.min_compliant_pct, std::nullopt);
  EXPECT_EQ(profile.source_status.green_months, std::nullopt);
  EXPECT_EQ(profile.source_status.blue_months, std::nullopt);
  EXPECT_EQ(profile.entry_lag_days, std::nullopt);
  EXPECT_EQ(profile.confirm_within_days, std::nullopt);
  EXPECT_EQ(profile.stock_tolerance_pct, Ratio::Of(1, 2));
  EXPECT_EQ(profile.ClaimText(Model::kSegregated), "");
  EXPECT_EQ(profile.CitationOf("R02"), "");
}

TEST(ParseProfileTest, ReadsEveryKeyOfTheRoot) {
  const Profile profile = Parsed(WithKeys(R"(
    "name": "Ein Name für alle", "owner": "the-owner",
    "effective_from": "2020-02-01",
    "mixing": {"unknown_origin": "TAINTS", "ip_mix": "LISTS_HOLDERS",
               "ghg": "EQUAL_ONLY", "origin_match": true},
    "rounding": "HALF_UP",
    "certificate": {"required": false, "volume_cap": false,
                    "cap_year": "CALENDAR", "suspended_stock": "QUARANTINE",
                    "gap_voids_carry": true},
    "group": {"min_compliant_pct": "80"},
    "levels": ["IRMA50", "IRMA75"],
    "source_status": {"green_months": 12, "blue_months": 36},
    "entry_lag_days": 92, "confirm_within_days": 0,
    "stock_tolerance_pct": "0.25",
    "claim_texts": {"MASS_BALANCE": "Contributes to it"},
    "citations": {"R28": "SCCS 2020 E.2.1"})"));

  EXPECT_EQ(profile.name, "Ein Name für alle");
  EXPECT_EQ(profile.owner, "the-owner");
  EXPECT_EQ(profile.effective_from, Date::FromCivil(2020, 2, 1));
  EXPECT_EQ(profile.mixing.unknown_origin, UnknownOrigin::kTaints);
  EXPECT_EQ(profile.mixing.ip_mix, IpMix::kListsHolders);
  EXPECT_EQ(profile.mixing.ghg, GhgMixing::kEqualOnly);
  EXPECT_TRUE(profile.mixing.origin_match);
  EXPECT_EQ(profile.rounding, Rounding::kHalfUp);
  EXPECT_FALSE(profile.certificate.required);
  EXPECT_FALSE(profile.certificate.volume_cap);
  EXPECT_EQ(profile.certificate.cap_year, CapYear::kCalendar);
  EXPECT_EQ(profile.certificate.suspended_stock, SuspendedStock::kQuarantine);
  EXPECT_TRUE(profile.certificate.gap_voids_carry);
  EXPECT_EQ(profile.group.min_compliant_pct, Ratio(80));
  EXPECT_EQ(profile.levels, (std::vector<std::string>{"IRMA50", "IRMA75"}));
  EXPECT_EQ(profile.source_status.green_months, 12);
  EXPECT_EQ(profile.source_status.blue_months, 36);
  EXPECT_EQ(profile.entry_lag_days, 92);
  EXPECT_EQ(profile.confirm_within_days, 0);
  EXPECT_EQ(profile.stock_tolerance_pct, Ratio::Of(1, 4));
  EXPECT_EQ(profile.ClaimText(Model::kMassBalance), "Contributes to it");
  EXPECT_EQ(profile.CitationOf("R28"), "SCCS 2020 E.2.1");
}

TEST(ParseProfileTest, NullIsNoneWhereNoneMeansSomething) {
  const Profile profile = Parsed(WithKeys(
      R"("entry_lag_days": null, "confirm_within_days": null,
         "source_status": null)"));
  EXPECT_EQ(profile.entry_lag_days, std::nullopt);
  EXPECT_EQ(profile.confirm_within_days, std::nullopt);
}

class RootMistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(RootMistakeTest, NamesKeyValueAndLimit) {
  ExpectMistake(WithKeys(GetParam().json), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Root, RootMistakeTest,
    testing::Values(
        Mistake{R"("colour": "red")", "colour", "\"red\"",
                "unknown key; known are: scheme, name, owner"},
        Mistake{R"("name": "")", "name", "\"\"", "1 to 200 bytes"},
        Mistake{R"("name": "a\u0000b")", "name", R"("a\u0000b")",
                "without control characters"},
        Mistake{R"("name": 7)", "name", "7", "a text"},
        Mistake{R"("owner": "the owner")", "owner", "\"the owner\"",
                "an id: 1 to 64 of A-Z a-z 0-9 . _ : / -"},
        Mistake{R"("owner": null)", "owner", "null", "an id"},
        Mistake{R"("effective_from": "2023-02-29")", "effective_from",
                "\"2023-02-29\"", "a date that exists"},
        Mistake{R"("effective_from": "1899-12-31")", "effective_from",
                "\"1899-12-31\"", "of the years 1900 to 2199"},
        Mistake{R"("effective_from": 2020)", "effective_from", "2020",
                "a date"},
        Mistake{R"("rounding": "down")", "rounding", "\"down\"",
                "one of DOWN, HALF_UP, UP"},
        Mistake{R"("mixing": [])", "mixing", "[…]", "an object"},
        Mistake{R"("mixing": {"ghg": "AVERAGE"})", "mixing.ghg", "\"AVERAGE\"",
                "one of EQUAL_ONLY, EQUAL_OR_HIGHEST, IGNORED"},
        Mistake{R"("mixing": {"ip_mix": "MIXES"})", "mixing.ip_mix",
                "\"MIXES\"", "one of REFUSED, BECOMES_SEGREGATED"},
        Mistake{R"("mixing": {"unknown_origin": 1})", "mixing.unknown_origin",
                "1", "one of TAINTS, DECLASSIFIES, REFUSED"},
        Mistake{R"("mixing": {"origin_match": "true"})", "mixing.origin_match",
                "\"true\"", "true or false"},
        Mistake{R"("mixing": {"dilution": 1})", "mixing.dilution", "1",
                "unknown key; known are: unknown_origin, ip_mix, ghg"},
        Mistake{R"("certificate": {"required": 1})", "certificate.required",
                "1", "true or false"},
        Mistake{R"("certificate": {"cap_year": "LUNAR"})",
                "certificate.cap_year", "\"LUNAR\"",
                "one of CERTIFICATE, CALENDAR"},
        Mistake{R"("certificate": {"suspended_stock": "SELL"})",
                "certificate.suspended_stock", "\"SELL\"",
                "one of FREEZE, SELL_EXISTING, QUARANTINE"},
        Mistake{R"("certificate": {"cap": true})", "certificate.cap", "true",
                "unknown key"},
        Mistake{R"("group": {"min_compliant_pct": "100.1"})",
                "group.min_compliant_pct", "\"100.1\"",
                "a percentage from 0 to 100"},
        Mistake{R"("group": {"min": "1"})", "group.min", "\"1\"",
                "unknown key"},
        Mistake{R"("levels": "IRMA50")", "levels", "\"IRMA50\"", "a list"},
        Mistake{R"("levels": ["A", "B", "A"])", "levels[2]", "\"A\"",
                "does not have twice"},
        Mistake{R"("levels": ["A", 2])", "levels[1]", "2", "an id"},
        Mistake{R"("source_status": {"green_months": 0})",
                "source_status.green_months", "0",
                "a whole number from 1 to 1200"},
        Mistake{R"("source_status": {"blue_months": 1201})",
                "source_status.blue_months", "1201", "from 1 to 1200"},
        Mistake{R"("source_status": {"red_months": 1})",
                "source_status.red_months", "1", "unknown key"},
        Mistake{R"("entry_lag_days": -1)", "entry_lag_days", "-1",
                "from 0 to 3660"},
        Mistake{R"("entry_lag_days": 1.5)", "entry_lag_days", "1.5",
                "a whole number"},
        Mistake{R"("confirm_within_days": 18446744073709551615)",
                "confirm_within_days", "18446744073709551615",
                "a whole number from 0 to 3660"},
        Mistake{R"("stock_tolerance_pct": 0.5)", "stock_tolerance_pct", "0.5",
                "a decimal in quotes"},
        Mistake{R"("stock_tolerance_pct": "0.1234567")", "stock_tolerance_pct",
                "\"0.1234567\"", "with at most 6 decimals"},
        Mistake{R"("stock_tolerance_pct": "-1")", "stock_tolerance_pct",
                "\"-1\"", "a percentage from 0 to 100"}));

TEST(ParseProfileTest, TakesNumbersAtTheirLimits) {
  const Profile profile = Parsed(WithKeys(
      R"("entry_lag_days": 3660, "stock_tolerance_pct": "100.000000",
         "group": {"min_compliant_pct": "0"},
         "source_status": {"green_months": 1, "blue_months": 1200})"));
  EXPECT_EQ(profile.entry_lag_days, 3660);
  EXPECT_EQ(profile.stock_tolerance_pct, Ratio(100));
  EXPECT_EQ(profile.group.min_compliant_pct, Ratio(0));
}

TEST(ParseProfileTest, AsksForSchemeAndModels) {
  const std::vector<Violation> violations = ViolationsOf("{}");
  ASSERT_EQ(violations.size(), 2);
  EXPECT_EQ(violations[0].field, "scheme");
  EXPECT_EQ(violations[1].field, "models");
  EXPECT_NE(violations[1].limit.find("required"), std::string::npos);
}

TEST(ParseProfileTest, CollectsEveryMistake) {
  const std::vector<Violation> violations = ViolationsOf(
      R"({"scheme": "two words", "models": {"MASS_BALANCE": {"method": "X"}},
          "rounding": "X", "levels": 1, "colour": 1})");
  std::vector<std::string> fields;
  for (const Violation& violation : violations) {
    fields.push_back(violation.field);
  }
  EXPECT_EQ(fields,
            (std::vector<std::string>{"scheme", "models.MASS_BALANCE.method",
                                      "rounding", "levels", "colour"}));
}

TEST(ParseProfileTest, AppendsToWhatWasFoundBefore) {
  std::vector<Violation> violations = {{.field = "earlier"}};
  EXPECT_TRUE(ParseProfile(R"({"scheme": "s", "models": {"SEGREGATED": {}}})",
                           &violations)
                  .has_value());
  EXPECT_FALSE(ParseProfile("{}", &violations).has_value());
  EXPECT_EQ(violations.size(), 3);
}

TEST(ParseProfileTest, RefusesAKeyThatStandsTwice) {
  ExpectMistake(
      R"({"scheme": "s", "models": {"SEGREGATED": {}}, "scheme": "s"})",
      {"", "scheme", "", "twice"});
  ExpectMistake(
      R"({"scheme": "s", "models": {"MASS_BALANCE": {}},
          "conversions": [{"process": "p", "input": "i", "outputs": [
            {"product": "o", "factor": "0.1"},
            {"product": "q", "factor": "0.1", "factor": "0.9"}]}]})",
      {"", "conversions[0].outputs[1].factor", "", "twice"});
}

TEST(ParseProfileTest, SaysWhereTheTextIsNotJson) {
  ExpectMistake("{\"scheme\":\n  \"s\",,}",
                {"", "scheme", "", "at line 2, column 7"});
  ExpectMistake("", {"", "profile", "", "JSON"});
  ExpectMistake("{\"scheme\": \"\xff\"}", {"", "scheme", "", "JSON"});
  ExpectMistake("{} {}", {"", "profile", "", "JSON"});
  ExpectMistake("{\"scheme\": 1e999}", {"", "scheme", "", "JSON"});
}

TEST(ParseProfileTest, RefusesWhatIsNoObject) {
  ExpectMistake("[]", {"", "profile", "[…]", "an object"});
  ExpectMistake("null", {"", "profile", "null", "an object"});
  ExpectMistake("\"text\"", {"", "profile", "\"text\"", "an object"});
}

TEST(ParseProfileTest, BoundsNesting) {
  const std::string deep(100'000, '[');
  const std::vector<Violation> violations =
      ViolationsOf("{\"scheme\": " + deep);
  ASSERT_EQ(violations.size(), 1);
  EXPECT_EQ(violations[0].limit, "at most 12 levels of nesting");
}

TEST(ParseProfileTest, BoundsTheText) {
  std::string json = R"({"scheme": "s", "models": {"SEGREGATED": {}}})";
  json.resize(kProfileBytesMax, ' ');
  EXPECT_EQ(Parsed(json).scheme, "s");
  json += ' ';
  ExpectMistake(json, {"", "profile", "", "at most 1048576 bytes"});
}

TEST(ParseProfileTest, BoundsLists) {
  std::string levels = "\"level-0\"";
  for (int i = 1; i < kProfileListMax; ++i) {
    levels += ", \"level-" + std::to_string(i) + "\"";
  }
  EXPECT_EQ(Parsed(WithKeys("\"levels\": [" + levels + "]")).levels.size(),
            kProfileListMax);
  ExpectMistake(WithKeys("\"levels\": [" + levels + ", \"one-more\"]"),
                {"", "levels", "[…]", "at most 1000 elements, not 1001"});
}

TEST(ParseProfileTest, BoundsWhatItReports) {
  std::string keys = "\"key-0\": 0";
  for (int i = 1; i < 10'000; ++i) {
    keys += ", \"key-" + std::to_string(i) + "\": 0";
  }
  const std::vector<Violation> violations = ViolationsOf(WithKeys(keys));
  ASSERT_EQ(violations.size(), kProfileViolationsMax);
  EXPECT_EQ(violations.back().field, "profile");
  EXPECT_NE(violations.back().limit.find("more mistakes"), std::string::npos);
}

TEST(ParseProfileTest, ShowsLongValuesCutBetweenCharacters) {
  std::string name(58, 'a');
  for (int i = 0; i < 100; ++i) name += "ü";
  const std::vector<Violation> violations =
      ViolationsOf(WithKeys("\"name\": \"" + name + "\""));
  ASSERT_EQ(violations.size(), 1);
  EXPECT_EQ(violations[0].value, "\"" + std::string(58, 'a') + "…");
}

}  // namespace
}  // namespace tally
