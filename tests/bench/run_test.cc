#include "bench/client/run.h"

#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "bench/client/poster.h"
#include "engine/base/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;
using ::testing::HasSubstr;

// Answers that every event was accepted, however often it came.
class YesSayer final : public Poster {
 public:
  explicit YesSayer(int lanes) : lanes_(lanes) {}

  int lanes() const override { return lanes_; }
  int window() const override { return 1; }
  int events_field() const override {
    return v1::PostEventsRequest::kEventsFieldNumber;
  }
  int outcomes_field() const override {
    return v1::PostEventsResponse::kOutcomesFieldNumber;
  }
  void Begin(int, std::string*) override {}
  void Start(int lane, std::string_view request) override {
    v1::PostEventsRequest events;
    ASSERT_TRUE(events.ParseFromString(std::string(request)));
    v1::PostEventsResponse response;
    for (int i = 0; i < events.events_size(); ++i) {
      response.add_outcomes()->mutable_accepted();
    }
    const MutexLock lock(&mutex_);
    answers_.push_back({.lane = lane, .bytes = response.SerializeAsString()});
  }
  Answer Wait() override {
    while (NanosNow() < silent_until) {
    }
    const MutexLock lock(&mutex_);
    Answer answer = std::move(answers_.front());
    answers_.pop_front();
    if (++answered_ == fail_at) answer.error = "the line is cut";
    return answer;
  }
  void Stop() override {}

  int64_t silent_until = 0;
  int64_t fail_at = 0;

 private:
  const int lanes_;
  int64_t answered_ = 0;
  Mutex mutex_;
  std::deque<Answer> answers_ TALLY_GUARDED_BY(mutex_);
};

WorkloadOptions SomeRefused() {
  WorkloadOptions options{.accounts = 100};
  options.refused_per_mille = 500;
  return options;
}

TEST(RunTest, PostsSoManyEventsAndNoMore) {
  const World world({.accounts = 100});
  YesSayer poster(3);
  const RunResult result =
      bench::Run(&world, &poster,
                 {.events_per_call = 10, .seconds = 0, .events = 100})
          .Go();

  EXPECT_EQ(result.calls, 10);
  EXPECT_EQ(result.counts.accepted, 100);
  EXPECT_EQ(result.latency.count(), 10);
  EXPECT_EQ(result.surprises, 0);
  EXPECT_EQ(result.error, "");
}

TEST(RunTest, NoticesThatARefusalWasAnsweredAsAccepted) {
  const World world(SomeRefused());
  YesSayer poster(1);
  const RunResult result =
      bench::Run(&world, &poster,
                 {.events_per_call = 100, .seconds = 0, .events = 1'000})
          .Go();

  EXPECT_EQ(result.surprises, 10);
  EXPECT_THAT(result.first_surprise, HasSubstr("100 accepted, 0 refused"));
}

TEST(RunTest, EndsWhenACallFails) {
  const World world({.accounts = 100});
  YesSayer poster(2);
  poster.fail_at = 3;
  const RunResult result =
      bench::Run(&world, &poster, {.seconds = 0, .events = 1'000}).Go();

  EXPECT_EQ(result.error, "the line is cut");
  EXPECT_EQ(result.calls, 2);
}

TEST(RunTest, EndsAnOpenLoopWhenACallFails) {
  const World world({.accounts = 100});
  YesSayer poster(2);
  poster.fail_at = 3;
  const RunResult result =
      bench::Run(
          &world, &poster,
          {.events_per_second = 1'000'000, .seconds = 0, .events = 1'000})
          .Go();

  EXPECT_EQ(result.error, "the line is cut");
}

// One caller and a server that is silent for 20 ms: the 20 calls that were due
// meanwhile waited for it, though only one of them was under way.
TEST(RunTest, ChargesASilenceToEveryCallThatWasDue) {
  const World world({.accounts = 100});
  YesSayer poster(1);
  poster.silent_until = NanosNow() + 20'000'000;
  const RunResult result =
      bench::Run(&world, &poster,
                 {.events_per_second = 1'000, .seconds = 0, .events = 20})
          .Go();

  EXPECT_EQ(result.calls, 20);
  EXPECT_GE(result.latency.max(), 15'000'000);
  // Half of them were due at least five milliseconds before its end.
  EXPECT_GE(result.latency.Percentile(500'000), 5'000'000);
}

}  // namespace
}  // namespace tally::bench
