#include "bench/client/answer.h"

#include <string>

#include "gtest/gtest.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

constexpr int kField = v1::PostEventsResponse::kOutcomesFieldNumber;

v1::PostEventsResponse Response() {
  v1::PostEventsResponse response;
  response.set_as_of_position(41);
  response.set_tree_size(42);
  v1::Outcome* const accepted = response.add_outcomes();
  accepted->set_id("3f8b7c1e-6a52-4d0f-9c3b-1a2b3c4d5e6f");
  accepted->mutable_accepted()->set_position(41);
  v1::Outcome* const refused = response.add_outcomes();
  refused->mutable_refusal()->set_message("asked 41, available 40");
  v1::Outcome* const replayed = response.add_outcomes();
  replayed->mutable_accepted()->set_position(7);
  replayed->set_replayed(true);
  response.add_outcomes()->mutable_accepted();
  return response;
}

TEST(AnswerTest, CountsOutcomes) {
  const auto counts = CountOutcomes(Response().SerializeAsString(), kField);

  ASSERT_TRUE(counts.has_value());
  EXPECT_EQ(counts->accepted, 2);
  EXPECT_EQ(counts->refused, 1);
  EXPECT_EQ(counts->replayed, 1);
}

TEST(AnswerTest, CountsNothingInAnEmptyResponse) {
  EXPECT_EQ(CountOutcomes("", kField), Counts());
}

TEST(AnswerTest, TakesNoOutcomeThatSaysNeither) {
  v1::PostEventsResponse response;
  response.add_outcomes()->set_id("x");

  EXPECT_FALSE(CountOutcomes(response.SerializeAsString(), kField).has_value());
}

TEST(AnswerTest, TakesNoBrokenBytes) {
  const std::string bytes = Response().SerializeAsString();
  // Cut within the last outcome, which is two bytes and their frame.
  for (size_t cut = 1; cut < 4; ++cut) {
    EXPECT_FALSE(
        CountOutcomes(bytes.substr(0, bytes.size() - cut), kField).has_value())
        << cut;
  }
}

}  // namespace
}  // namespace tally::bench
