// The pipeline as a whole: many who post, slow and broken disks, and what
// readers see meanwhile.

#include <atomic>
#include <future>
#include <thread>

#include "engine/ledger/event_queries.h"
#include "engine/ledger/memory_tables.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/retry_hint.h"
#include "engine/ledger/subscription.h"
#include "tests/engine/ledger/gated_journal.h"
#include "tests/engine/ledger/ledger_fixture.h"

namespace tally {
namespace {

class PipelineTest : public LedgerFixture {
 protected:
  // A ledger whose journal waits at `gate_` when that is closed.
  void OpenGated(LedgerOptions options = {}) {
    OpenOn({.journal = std::make_unique<GatedJournal>(&gate_),
            .tables = std::make_unique<MemoryTables>()},
           std::move(options));
    AddWorld({"mill", "shop"});
  }
  void OpenFailing() {
    auto journal = std::make_unique<MemoryJournal>();
    journal_ = journal.get();
    OpenOn({.journal = std::move(journal),
            .tables = std::make_unique<MemoryTables>()});
    AddWorld({"mill", "shop"});
  }

  // Submits one receipt; the answer comes through the future.
  std::future<BatchResult> Submit(std::string_view name,
                                  std::string_view quantity = "1") {
    auto promise = std::make_shared<std::promise<BatchResult>>();
    std::future<BatchResult> answer = promise->get_future();
    BatchOf batch;
    batch.Add(name, OilIn("mill", quantity));
    const absl::Status submitted =
        ledger_->Submit(batch.Take(), [promise](BatchResult result) {
          promise->set_value(std::move(result));
        });
    if (!submitted.ok()) promise->set_value({.status = submitted});
    return answer;
  }

  static bool Answered(const std::future<BatchResult>& answer) {
    return answer.wait_for(std::chrono::seconds(0)) ==
           std::future_status::ready;
  }

  Gate gate_;
  MemoryJournal* journal_ = nullptr;  // the ledger's
};

TEST_F(PipelineTest, SixteenWhoShipNeverTakeMoreThanCameIn) {
  constexpr int kThreads = 16;
  constexpr int kEach = 50;
  Open();
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "200"));

  std::atomic<int> shipped = 0;
  std::vector<std::thread> shippers;
  for (int t = 0; t < kThreads; ++t) {
    shippers.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const std::string name = "S" + std::to_string(t * kEach + i);
        if (ShipOil(name, "mill", "1") == Code::kAccepted) ++shipped;
      }
    });
  }
  for (std::thread& shipper : shippers) shipper.join();

  EXPECT_EQ(shipped, 200);
  EXPECT_EQ(OilAt("mill"), "0");
  const LedgerFigures figures = ledger_->figures();
  EXPECT_EQ(figures.refused, kThreads * kEach - 200);
}

TEST_F(PipelineTest, NothingIsAnsweredOrReadBeforeItIsDurable) {
  OpenGated();
  const Position before = ledger_->standing().as_of;
  gate_.Close();

  const std::future<BatchResult> accepted = Submit("r1", "100");
  gate_.WaitForAppend();
  // What rests on it waits as well, though it writes nothing.
  const std::future<BatchResult> repeated = Submit("r1", "100");
  const std::future<BatchResult> refused = Submit("r1", "101");

  EXPECT_FALSE(Answered(accepted));
  EXPECT_FALSE(Answered(repeated));
  EXPECT_FALSE(Answered(refused));
  EXPECT_EQ(OilAt("mill"), "0");
  EXPECT_EQ(ledger_->standing().as_of, before);
  EXPECT_TRUE(absl::IsNotFound(GetEvent(*ledger_, UuidOfName("r1")).status()));

  gate_.Open();
  ledger_->Close();
  EXPECT_TRUE(Answered(accepted));
  EXPECT_TRUE(Answered(repeated));
  EXPECT_TRUE(Answered(refused));
  EXPECT_EQ(OilAt("mill"), "100");
  EXPECT_TRUE(GetEvent(*ledger_, UuidOfName("r1")).ok());
}

TEST_F(PipelineTest, RepeatsOfWhatIsNotYetDurableAnswerAsTheFirst) {
  OpenGated();
  gate_.Close();
  std::future<BatchResult> first = Submit("r1", "100");
  gate_.WaitForAppend();
  std::future<BatchResult> second = Submit("r1", "100");
  gate_.Open();

  const BatchResult one = first.get();
  const BatchResult two = second.get();

  EXPECT_FALSE(one.outcomes[0].repeated);
  EXPECT_TRUE(two.outcomes[0].repeated);
  EXPECT_EQ(two.outcomes[0].position, one.outcomes[0].position);
  EXPECT_EQ(two.outcomes[0].recorded_at, one.outcomes[0].recorded_at);
}

TEST_F(PipelineTest, WhatComesWhileTheDiskIsBusyIsOneGroup) {
  OpenGated();
  gate_.Close();
  const int64_t before = ledger_->figures().groups;
  std::vector<std::future<BatchResult>> answers;
  answers.push_back(Submit("r0"));
  gate_.WaitForAppend();
  for (int i = 1; i <= 100; ++i) {
    answers.push_back(Submit("r" + std::to_string(i)));
  }
  // What has left the queue is decided before a group is given on.
  while (ledger_->health().queued_events > 0) std::this_thread::yield();
  gate_.Open();
  for (auto& answer : answers) EXPECT_TRUE(answer.get().status.ok());

  EXPECT_EQ(ledger_->figures().groups, before + 2);
  EXPECT_EQ(OilAt("mill"), "101");
}

TEST_F(PipelineTest, AFullQueueSaysWhenToTryAgain) {
  OpenGated({.queued_events_max = 2, .group_events_max = 1});
  gate_.Close();
  std::vector<std::future<BatchResult>> answers;
  absl::Status refused;
  // One is being written, one or two are decided, two wait in the queue.
  for (int i = 0; i < 10 && refused.ok(); ++i) {
    BatchOf batch;
    batch.Add("r" + std::to_string(i), OilIn("mill", "1"));
    auto promise = std::make_shared<std::promise<BatchResult>>();
    answers.push_back(promise->get_future());
    refused = ledger_->Submit(batch.Take(), [promise](BatchResult result) {
      promise->set_value(std::move(result));
    });
  }

  EXPECT_TRUE(absl::IsResourceExhausted(refused)) << refused;
  EXPECT_EQ(RetryAfterMillis(refused), kRetryAfterMillis);

  gate_.Open();
  answers.pop_back();  // of the one that was refused
  for (auto& answer : answers) EXPECT_TRUE(answer.get().status.ok());
  EXPECT_TRUE(Submit("again").get().status.ok());
}

TEST_F(PipelineTest, AFailedAppendStopsAllWritesAndNoReads) {
  OpenFailing();
  PostOne("r1", OilIn("mill", "10"));
  const Position before = ledger_->standing().as_of;

  journal_->FailNextAppend(absl::InternalError("the disk is gone"));
  const BatchResult failed = Submit("r2").get();

  EXPECT_TRUE(absl::IsUnavailable(failed.status)) << failed.status;
  EXPECT_NE(failed.status.ToString().find("ledger stopped: "),
            std::string::npos);
  EXPECT_NE(failed.status.ToString().find("the disk is gone"),
            std::string::npos);
  EXPECT_TRUE(failed.outcomes.empty());
  EXPECT_EQ(Submit("r3").get().status, failed.status);
  EXPECT_EQ(Submit("r1", "10").get().status, failed.status);
  EXPECT_EQ(ledger_->health().writes, failed.status);
  EXPECT_EQ(ledger_->standing().as_of, before);
  EXPECT_EQ(OilAt("mill"), "10");
}

TEST_F(PipelineTest, ClosingFinishesWhatWasTakenAndTakesNoMore) {
  OpenGated();
  gate_.Close();
  std::vector<std::future<BatchResult>> answers;
  for (int i = 0; i < 20; ++i) {
    answers.push_back(Submit("r" + std::to_string(i)));
  }
  gate_.Open();
  ledger_->Close();

  for (auto& answer : answers) {
    ASSERT_TRUE(Answered(answer));
    EXPECT_TRUE(answer.get().status.ok());
  }
  EXPECT_TRUE(absl::IsUnavailable(Submit("late").get().status));
  EXPECT_EQ(OilAt("mill"), "20");
}

TEST_F(PipelineTest, CallersMayRunThePipelineThemselves) {
  Open({.threading = Threading::kCallerRuns});
  AddWorld({"mill"});
  const std::future<BatchResult> answer = Submit("r1");
  EXPECT_FALSE(Answered(answer));

  ledger_->RunUntilIdle();

  EXPECT_TRUE(Answered(answer));
  EXPECT_EQ(OilAt("mill"), "1");
}

TEST_F(PipelineTest, TheSameBatchesMakeTheSameLog) {
  const auto run = [this](Threading threading) {
    Open({.threading = threading, .group_events_max = 3});
    AddWorld({"mill", "shop"});
    PostOne("r1", OilIn("mill", "100"));
    for (int i = 0; i < 20; ++i) {
      ShipOil("S" + std::to_string(i), "mill", "7");
      PostOne("r1", OilIn("mill", "100"));
    }
    return ledger_->reader().journal().head();
  };

  const TreeHead alone = run(Threading::kCallerRuns);
  const TreeHead threads = run(Threading::kOwnThreads);

  EXPECT_EQ(alone.size, threads.size);
  EXPECT_TRUE(alone.root == threads.root);
}

TEST_F(PipelineTest, WatchersHearOfWhatIsDurableUntilTheyStop) {
  Open();
  std::vector<Position> heard;
  std::unique_ptr<Subscription> subscription =
      ledger_->Watch([this, &heard](Standing standing) {
        EXPECT_GE(ledger_->standing().as_of, standing.as_of);
        heard.push_back(standing.as_of);
      });
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "1"));
  ShipOil("S1", "mill", "2");            // refused: nothing new
  ledger_->Tick(nullptr).IgnoreError();  // nothing is overdue
  const Outcome last = PostOne("r2", OilIn("mill", "1"));
  ledger_->Close();
  subscription = nullptr;

  ASSERT_FALSE(heard.empty());
  EXPECT_EQ(heard.back(), last.position);
  EXPECT_EQ(heard.size(), 3U);
}

TEST_F(PipelineTest, ReadersNeverSeeAPartOfABatch) {
  constexpr int kBatches = 40;
  Open();
  AddWorld({"mill", "shop"});
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int t = 0; t < 3; ++t) {
    readers.emplace_back([&] {
      while (!done) {
        const std::string balance = OilAt("mill");
        EXPECT_TRUE(balance == "0" || balance == "1000") << balance;
      }
    });
  }
  for (int i = 0; i < kBatches; ++i) {
    BatchOf batch;
    batch.AllOrNone();
    const std::string round = std::to_string(i);
    if (i % 2 == 0) {
      for (int j = 0; j < 1000; ++j) {
        batch.Add("r" + round + "-" + std::to_string(j), OilIn("mill", "1"));
      }
    } else {
      for (int j = 0; j < 10; ++j) {
        const std::string name = "S" + round + "-" + std::to_string(j);
        batch.Add(name, OilOut(batch.batch(), name, "mill", "100"));
      }
    }
    EXPECT_TRUE(Post(batch).outcomes.front().accepted());
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace tally
