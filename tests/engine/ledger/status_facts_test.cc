#include "engine/ledger/status_facts.h"

#include "engine/base/strings.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(StatusFactsTest, KeepsNamesAndValuesWhateverIsInThem) {
  const absl::Status status = WithFacts(absl::NotFoundError("no"),
                                        {{"a", "1:2"}, {"", ""}, {"b", "é"}});
  EXPECT_THAT(FactsOf(status),
              ElementsAre(Pair("a", "1:2"), Pair("", ""), Pair("b", "é")));
  EXPECT_THAT(FactsOf(absl::NotFoundError("no")), IsEmpty());
}

TEST(StatusFactsTest, SaysTheSameInWords) {
  const absl::Status wrong = WrongField("page_size", "-1", "0 or above");
  EXPECT_EQ(MessageOf(wrong), "page_size: got \"-1\", must be 0 or above");
  EXPECT_THAT(FactsOf(wrong),
              ElementsAre(Pair("field", "page_size"), Pair("value", "-1"),
                          Pair("limit", "0 or above")));
  const absl::Status gone = NotThere("party", "holder", "nobody");
  EXPECT_EQ(MessageOf(gone), "no party \"nobody\"");
  EXPECT_THAT(FactsOf(gone),
              ElementsAre(Pair("field", "holder"), Pair("value", "nobody")));
}

}  // namespace
}  // namespace tally
