#include "engine/profile/parse_conversions.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/model/limits.h"
#include "tests/engine/profile/profile_text.h"

namespace tally {
namespace {

TEST(ParseConversionsTest, FillsInDefaults) {
  const Profile profile = Parsed(WithKeys(R"("conversions": [
      {"process": "milling", "input": "ffb",
       "outputs": [{"product": "cpo", "factor": "0.20"}]}])"));
  ASSERT_EQ(profile.conversions.size(), 1);
  const Conversion& conversion = profile.conversions[0];
  EXPECT_EQ(conversion.process, "milling");
  EXPECT_EQ(conversion.input, "ffb");
  EXPECT_EQ(conversion.dates, (DateRange{Date::Min(), Date::Max()}));
  EXPECT_FALSE(conversion.joint);
  EXPECT_EQ(conversion.max_total, Ratio(1));
  EXPECT_FALSE(conversion.HasRecipe());
  ASSERT_EQ(conversion.outputs.size(), 1);
  EXPECT_EQ(conversion.outputs[0].factor, Ratio::Of(1, 5));
  EXPECT_EQ(conversion.outputs[0].uses, Ratio(1));
  EXPECT_FALSE(conversion.outputs[0].excluded);
}

TEST(ParseConversionsTest, ReadsEveryKey) {
  const Profile profile = Parsed(WithKeys(R"("conversions": [
      {"process": "cracking", "input": "naphtha", "from": "2024-01-01",
       "to": "2024-12-31", "joint": true, "max_total": "0.9",
       "outputs": [{"product": "ethylene", "factor": "0.3", "uses": "1.0"},
                   {"product": "blend", "factor": "0.82", "uses": "0.30"},
                   {"product": "fuel", "factor": "0.25", "excluded": true},
                   {"product": "loss", "factor": "0.05", "excluded": true}]}
      ])"));
  const Conversion& conversion = profile.conversions.at(0);
  EXPECT_EQ(conversion.dates, (DateRange{Date::FromCivil(2024, 1, 1),
                                         Date::FromCivil(2024, 12, 31)}));
  EXPECT_TRUE(conversion.joint);
  EXPECT_EQ(conversion.max_total, Ratio::Of(9, 10));
  EXPECT_TRUE(conversion.HasRecipe());
  EXPECT_FALSE(conversion.outputs[0].HasRecipe());
  EXPECT_TRUE(conversion.outputs[1].HasRecipe());
  EXPECT_EQ(conversion.outputs[1].uses, Ratio::Of(3, 10));
  EXPECT_EQ(conversion.ExcludedFactors(), Ratio::Of(3, 10));
  EXPECT_EQ(conversion.FindOutput("fuel"), &conversion.outputs[2]);
  EXPECT_EQ(conversion.FindOutput("steam"), nullptr);
}

TEST(ParseConversionsTest, AlternativesMayEachReachTheTotal) {
  const Profile profile = Parsed(WithKeys(R"("conversions": [
      {"process": "pressing", "input": "liquor",
       "outputs": [{"product": "butter", "factor": "1"},
                   {"product": "powder", "factor": "1"}]}])"));
  EXPECT_EQ(profile.conversions.at(0).outputs.size(), 2);
}

TEST(ParseConversionsTest, ARecipeMayPassTheTotal) {
  const Profile profile = Parsed(WithKeys(R"("conversions": [
      {"process": "combed", "input": "lint", "max_total": "0.5",
       "outputs": [{"product": "yarn", "factor": "1", "uses": "1.28"}]}])"));
  EXPECT_EQ(profile.conversions.at(0).outputs[0].uses, Ratio::Of(32, 25));
}

TEST(ParseConversionsTest, EveryQuotientOfFactorsIsExact) {
  const Profile profile = Parsed(WithKeys(R"("conversions": [
      {"process": "p", "input": "i", "max_total": "1000000",
       "outputs": [{"product": "o", "factor": "999999.999999",
                    "uses": "0.000001"},
                   {"product": "q", "factor": "0.000001",
                    "uses": "999999.999999"}]}])"));
  for (const ConversionOutput& output : profile.conversions.at(0).outputs) {
    EXPECT_TRUE(output.factor.Over(output.uses).has_value());
    EXPECT_TRUE(output.uses.Over(output.factor).has_value());
  }
}

constexpr std::string_view kOutputs =
    R"("outputs": [{"product": "o", "factor": "0.5"}])";

std::string Conversions(std::string_view list) {
  std::string text(list);
  for (size_t at = text.find("OUT"); at != std::string::npos;
       at = text.find("OUT")) {
    text.replace(at, 3, kOutputs);
  }
  return WithKeys("\"conversions\": " + text);
}

class ConversionMistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(ConversionMistakeTest, NamesKeyValueAndLimit) {
  ExpectMistake(Conversions(GetParam().json), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Conversions, ConversionMistakeTest,
    testing::Values(
        Mistake{R"({})", "conversions", "{…}", "a list"},
        Mistake{R"([1])", "conversions[0]", "1", "an object"},
        Mistake{R"([{"input": "i", OUT}])", "conversions[0].process", "",
                "required"},
        Mistake{R"([{"process": "p", OUT}])", "conversions[0].input", "",
                "required"},
        Mistake{R"([{"process": "p", "input": "i"}])", "conversions[0].outputs",
                "", "required"},
        Mistake{R"([{"process": "p", "input": "i", "outputs": []}])",
                "conversions[0].outputs", "[…]", "at least one output"},
        Mistake{R"([{"process": "p q", "input": "i", OUT}])",
                "conversions[0].process", "\"p q\"", "an id"},
        Mistake{R"([{"process": "p", "input": "i", "yield": "1", OUT}])",
                "conversions[0].yield", "\"1\"",
                "unknown key; known are: process, input"},
        Mistake{R"([{"process": "p", "input": "i", "from": "soon", OUT}])",
                "conversions[0].from", "\"soon\"", "a date"},
        Mistake{R"([{"process": "p", "input": "i", "from": "2024-01-02",
                     "to": "2024-01-01", OUT}])",
                "conversions[0].to", "\"2024-01-01\"", "not before \"from\""},
        Mistake{R"([{"process": "p", "input": "i", "joint": 1, OUT}])",
                "conversions[0].joint", "1", "true or false"},
        Mistake{R"([{"process": "p", "input": "i", "max_total": null, OUT}])",
                "conversions[0].max_total", "null", "a decimal in quotes"},
        Mistake{R"([{"process": "p", "input": "i", "max_total": "0.4", OUT}])",
                "conversions[0].outputs[0].factor", "\"0.5\"",
                "at most max_total where \"uses\" is 1"},
        Mistake{R"([{"process": "p", "input": "i",
                     "outputs": [{"factor": "0.5"}]}])",
                "conversions[0].outputs[0].product", "", "required"},
        Mistake{R"([{"process": "p", "input": "i",
                     "outputs": [{"product": "o"}]}])",
                "conversions[0].outputs[0].factor", "", "required"},
        Mistake{R"([{"process": "p", "input": "i",
                     "outputs": [{"product": "o", "factor": "0"}]}])",
                "conversions[0].outputs[0].factor", "\"0\"", "above 0"},
        Mistake{R"([{"process": "p", "input": "i",
                     "outputs": [{"product": "o", "factor": "1",
                                  "uses": "0.0"}]}])",
                "conversions[0].outputs[0].uses", "\"0.0\"", "above 0"},
        Mistake{R"([{"process": "p", "input": "i",
                     "outputs": [{"product": "o", "factor": "1",
                                  "excluded": "yes"}]}])",
                "conversions[0].outputs[0].excluded", "\"yes\"",
                "true or false"},
        Mistake{R"([{"process": "p", "input": "i",
                     "outputs": [{"product": "o", "factor": "1",
                                  "loss": "1"}]}])",
                "conversions[0].outputs[0].loss", "\"1\"", "unknown key"},
        Mistake{R"([{"process": "p", "input": "i",
                     "outputs": [{"product": "o", "factor": "0.1"},
                                 {"product": "o", "factor": "0.2"}]}])",
                "conversions[0].outputs[1].product", "\"o\"", "twice"},
        Mistake{R"([{"process": "p", "input": "i", "joint": true,
                     "outputs": [{"product": "o", "factor": "0.6"},
                                 {"product": "q", "factor": "0.5"}]}])",
                "conversions[0].outputs", "[…]", "where joint is true"},
        Mistake{R"([{"process": "p", "input": "i",
                     "outputs": [{"product": "o", "factor": "0.6",
                                  "excluded": true},
                                 {"product": "q", "factor": "0.5",
                                  "excluded": true}]}])",
                "conversions[0].outputs", "[…]", "excluded factors"},
        Mistake{R"([{"process": "p", "input": "i", "to": "2024-06-30", OUT},
                    {"process": "p", "input": "i", "from": "2024-06-30",
                     OUT}])",
                "conversions[1]", "",
                "do not overlap those of conversions[0]"}));

TEST(ParseConversionsTest, TakesOnConversionAfterAnother) {
  const Profile profile = Parsed(Conversions(
      R"([{"process": "p", "input": "i", "to": "2024-06-29", OUT},
          {"process": "p", "input": "i", "from": "2024-06-30", "to": null, OUT},
          {"process": "p", "input": "j", OUT},
          {"process": "q", "input": "i", OUT}])"));
  EXPECT_EQ(profile.conversions.size(), 4);
}

TEST(FindConversionTest, TellsNoneAtAllFromNoneOnThatDate) {
  const Profile profile = Parsed(Conversions(
      R"([{"process": "p", "input": "i", "from": "2013-01-01",
           "to": "2017-12-31", OUT},
          {"process": "p", "input": "i", "from": "2018-01-01", OUT}])"));
  const auto find = [&](std::string_view process, std::string_view input,
                        std::string_view date) {
    return profile.FindConversion(process, input, ParseDate(date).value());
  };
  EXPECT_EQ(find("p", "i", "2013-01-01").conversion, &profile.conversions[0]);
  EXPECT_EQ(find("p", "i", "2017-12-31").conversion, &profile.conversions[0]);
  EXPECT_EQ(find("p", "i", "2018-01-01").conversion, &profile.conversions[1]);
  EXPECT_EQ(find("p", "i", "2199-12-31").conversion, &profile.conversions[1]);
  EXPECT_EQ(find("p", "i", "2012-12-31").conversion, nullptr);
  EXPECT_TRUE(find("p", "i", "2012-12-31").on_other_dates);
  EXPECT_EQ(find("p", "j", "2018-01-01").conversion, nullptr);
  EXPECT_FALSE(find("p", "j", "2018-01-01").on_other_dates);
  EXPECT_FALSE(find("q", "i", "2018-01-01").on_other_dates);
}

}  // namespace
}  // namespace tally
