#include "engine/profile/parse_recognitions.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/engine/profile/profile_text.h"

namespace tally {
namespace {

std::string Recognises(std::string_view list) {
  return WithKeys("\"recognises\": " + std::string(list));
}

TEST(ParseRecognitionsTest, FillsInDefaults) {
  const Profile profile =
      Parsed(Recognises(R"([{"scheme": "other", "models": ["SEGREGATED"]}])"));
  ASSERT_EQ(profile.recognises.size(), 1);
  const Recognition& recognition = profile.recognises[0];
  EXPECT_EQ(recognition.scheme, "other");
  EXPECT_TRUE(recognition.products.empty());
  EXPECT_EQ(recognition.min_level, "");
  EXPECT_EQ(recognition.ModelOf(Model::kSegregated), Model::kSegregated);
  EXPECT_EQ(recognition.dates, (DateRange{Date::Min(), Date::Max()}));
}

TEST(ParseRecognitionsTest, FindsWhatCovers) {
  const Profile profile = Parsed(Recognises(
      R"([{"scheme": "irma-2018", "products": ["gold", "silver"],
           "models": ["IDENTITY_PRESERVED", "SEGREGATED"],
           "min_level": "IRMA50", "as_model": "MASS_BALANCE",
           "from": "2022-01-01", "to": "2022-12-31"},
          {"scheme": "irma-2018", "products": ["*"], "models": ["MASS_BALANCE"],
           "min_level": null, "as_model": null, "from": null, "to": null}])"));
  const Date date = Date::FromCivil(2022, 6, 1);
  const Recognition* first = &profile.recognises.at(0);
  const Recognition* second = &profile.recognises.at(1);

  EXPECT_EQ(
      profile.FindRecognition("irma-2018", "gold", Model::kSegregated, date),
      first);
  EXPECT_EQ(first->min_level, "IRMA50");
  EXPECT_EQ(first->ModelOf(Model::kSegregated), Model::kMassBalance);
  EXPECT_EQ(
      profile.FindRecognition("irma-2018", "tin", Model::kMassBalance, date),
      second);
  EXPECT_EQ(
      profile.FindRecognition("irma-2018", "tin", Model::kSegregated, date),
      nullptr);
  EXPECT_EQ(profile.FindRecognition("irma-2018", "gold", Model::kSegregated,
                                    Date::FromCivil(2023, 1, 1)),
            nullptr);
  EXPECT_EQ(profile.FindRecognition("tsm", "gold", Model::kSegregated, date),
            nullptr);
}

class RecognitionMistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(RecognitionMistakeTest, NamesKeyValueAndLimit) {
  ExpectMistake(Recognises(GetParam().json), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Recognitions, RecognitionMistakeTest,
    testing::Values(
        Mistake{R"("all")", "recognises", "\"all\"", "a list"},
        Mistake{R"([{"models": ["SEGREGATED"]}])", "recognises[0].scheme", "",
                "required"},
        Mistake{R"([{"scheme": "s", "models": ["SEGREGATED"]}])",
                "recognises[0].scheme", "\"s\"", "another scheme"},
        Mistake{R"([{"scheme": "o"}])", "recognises[0].models", "", "required"},
        Mistake{R"([{"scheme": "o", "models": []}])", "recognises[0].models",
                "[…]", "at least one model"},
        Mistake{R"([{"scheme": "o", "models": ["MIXED"]}])",
                "recognises[0].models[0]", "\"MIXED\"", "one of"},
        Mistake{R"([{"scheme": "o", "models": ["SEGREGATED", "SEGREGATED"]}])",
                "recognises[0].models[1]", "\"SEGREGATED\"", "twice"},
        Mistake{R"([{"scheme": "o", "models": ["SEGREGATED"],
                     "products": "*"}])",
                "recognises[0].products", "\"*\"", "a list"},
        Mistake{R"([{"scheme": "o", "models": ["SEGREGATED"],
                     "products": ["a", "*"]}])",
                "recognises[0].products[1]", "\"*\"", "an id"},
        Mistake{R"([{"scheme": "o", "models": ["SEGREGATED"],
                     "min_level": 50}])",
                "recognises[0].min_level", "50", "an id"},
        Mistake{R"([{"scheme": "o", "models": ["SEGREGATED"],
                     "as_model": "CONVENTIONAL"}])",
                "recognises[0].as_model", "\"CONVENTIONAL\"", "one of"},
        Mistake{R"([{"scheme": "o", "models": ["SEGREGATED"],
                     "as_model": "CONTROLLED_BLENDING"}])",
                "recognises[0].as_model", "\"CONTROLLED_BLENDING\"",
                "which CONTROLLED_BLENDING is not"},
        Mistake{R"([{"scheme": "o", "models": ["CONTROLLED_BLENDING"]}])",
                "recognises[0].models", "[…]",
                "which CONTROLLED_BLENDING is not"},
        Mistake{R"([{"scheme": "o", "models": ["MASS_BALANCE"],
                     "as_model": "SEGREGATED"}])",
                "recognises[0].as_model", "\"SEGREGATED\"",
                "not stricter than MASS_BALANCE"},
        Mistake{R"([{"scheme": "o", "models": ["SEGREGATED"],
                     "from": "2022-01-02", "to": "2022-01-01"}])",
                "recognises[0].to", "\"2022-01-01\"", "not before"},
        Mistake{R"([{"scheme": "o", "models": ["SEGREGATED"], "since": 1}])",
                "recognises[0].since", "1", "unknown key"}));

TEST(ParseRecognitionsTest, MaterialIsNeverRecognisedAsCredits) {
  ExpectMistake(
      R"({"scheme": "s", "models": {"BOOK_AND_CLAIM": {}}, "recognises": [
          {"scheme": "o", "models": ["MASS_BALANCE"],
           "as_model": "BOOK_AND_CLAIM"}]})",
      {"", "recognises[0].as_model", "\"BOOK_AND_CLAIM\"",
       "BOOK_AND_CLAIM only for BOOK_AND_CLAIM"});
}

}  // namespace
}  // namespace tally
