// Every scenario, event by event: a ledger that is closed after each and opened
// again from its snapshot answers as one that goes on. What a snapshot leaves
// out shows in what comes after it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/clock.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/memory_tables.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/storage.h"
#include "engine/log/memory_journal.h"
#include "engine/rules/shape.h"
#include "engine/snapshot/snapshot_folder.h"
#include "engine/snapshot/state_codec.h"
#include "nlohmann/json.hpp"
#include "services/authoring/read.h"
#include "services/wire/decode.h"
#include "tallystick/v1/event.pb.h"
#include "tests/engine/ledger/borrowed_journal.h"
#include "tests/engine/rules/state_snapshot.h"
#include "tests/engine/storage/temporary_directory.h"
#include "tests/snapshots/borrowed_tables.h"

namespace tally {
namespace {

using nlohmann::json;

std::vector<std::filesystem::path> Scenarios() {
  std::vector<std::filesystem::path> files;
  const char* const root_path = std::getenv("TALLY_SOURCE_DIR");
  if (root_path == nullptr) return files;
  const std::filesystem::path root = root_path;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           root / "tests" / "scenarios")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// One post of a scenario.
struct Post {
  std::vector<json> events;
  bool all_or_none = false;
  std::optional<Instant> recorded_at;
};

std::vector<Post> PostsOf(const json& scenario) {
  std::vector<Post> posts;
  for (const json& profile : scenario.at("profiles")) {
    posts.push_back({.events = {{{"occurred_at", "2000-01-01"},
                                 {"define_scheme", {{"profile", profile}}}}}});
  }
  for (const json& event : scenario.at("setup")) {
    posts.push_back({.events = {event}});
  }
  for (const json& step : scenario.at("steps")) {
    Post post;
    if (step.contains("recorded_at")) {
      post.recorded_at = ParseInstant(step["recorded_at"].get<std::string>());
    }
    post.all_or_none = step.contains("post_atomic");
    for (const char* key : {"post_atomic", "post_concurrent"}) {
      if (step.contains(key)) {
        post.events = step[key].get<std::vector<json>>();
      }
    }
    if (step.contains("post")) post.events = {step["post"]};
    if (!post.events.empty()) posts.push_back(std::move(post));
  }
  return posts;
}

// A ledger on a log and tables that outlive it.
class Side {
 public:
  Side(bool strict, bool reopens) : strict_(strict), reopens_(reopens) {
    clock_.Set(*ParseInstant("2025-06-01T00:00:00Z"));
    Open();
  }

  std::vector<std::string> Say(const Post& post, int number) {
    auto batch = std::make_unique<Batch>();
    batch->mode =
        post.all_or_none ? BatchMode::kAllOrNone : BatchMode::kPerEvent;
    batch->recorded_at = post.recorded_at;
    for (json written : post.events) {
      if (!written.contains("id")) {
        written["id"] = UuidOfName("event " + std::to_string(number) + "." +
                                   std::to_string(batch->events.size()))
                            .ToString();
      }
      tallystick::v1::Event message;
      if (!authoring::Read(written, &message).empty()) return {"malformed"};
      batch->events.push_back(wire::Decode(message, &batch->arena));
    }
    const BatchResult result = ledger_->Post(std::move(batch));
    std::vector<std::string> said = {result.status.ToString()};
    for (const Outcome& outcome : result.outcomes) {
      said.push_back(Said(outcome));
    }
    if (reopens_) Open();
    return said;
  }

  // All that it holds, as a snapshot has it and as it can be observed.
  std::string Bytes() const {
    std::string bytes;
    ledger_->reader().Read([&bytes](const View& view) {
      bytes = EncodeState(view.state).value();
    });
    return bytes;
  }
  std::string Text() const {
    std::string text;
    ledger_->reader().Read(
        [&text](const View& view) { text = SnapshotOf(view.state); });
    return text;
  }
  const Ledger& ledger() const { return *ledger_; }

 private:
  static std::string Said(const Outcome& outcome) {
    std::string said(CodeName(outcome.code));
    said += " at " + std::to_string(outcome.position);
    if (outcome.refusal != nullptr) said += ": " + outcome.refusal->message;
    for (const Warning warning : outcome.decision.warnings) {
      said += " +" + std::string(WarningName(warning));
    }
    for (const DrawnSerials& drawn : outcome.decision.serials) {
      said += " " + drawn.block + ":" + std::to_string(drawn.from) + "-" +
              std::to_string(drawn.to);
    }
    return said;
  }

  void Open() {
    ledger_.reset();
    auto storage = std::make_unique<Storage>();
    storage->journal = std::make_unique<BorrowedJournal>(&journal_);
    storage->tables = std::make_unique<BorrowedTables>(&tables_);
    if (reopens_) {
      storage->snapshots =
          std::make_unique<SnapshotFolder>(directory_ / "snapshots");
    }
    auto ledger = Ledger::OpenOn(std::move(storage),
                                 {.clock = &clock_,
                                  .strict = strict_,
                                  .allow_recorded_at = true,
                                  .threading = Threading::kCallerRuns});
    TALLY_CHECK(ledger.ok());
    ledger_ = *std::move(ledger);
    EXPECT_EQ(ledger_->opening().replayed, 0);
    EXPECT_THAT(ledger_->opening().left_out, testing::IsEmpty());
  }

  const bool strict_;
  const bool reopens_;
  TemporaryDirectory directory_;
  ManualClock clock_;
  MemoryJournal journal_;
  MemoryTables tables_;
  std::unique_ptr<Ledger> ledger_;
};

class ScenariosTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(ScenariosTest, GoOnFromASnapshotAfterEachEvent) {
  const json scenario = json::parse(std::ifstream(GetParam()));
  const bool strict = scenario.value("strict", false);
  Side whole(strict, /*reopens=*/false);
  Side reopened(strict, /*reopens=*/true);
  int number = 0;
  for (const Post& post : PostsOf(scenario)) {
    ++number;
    ASSERT_EQ(whole.Say(post, number), reopened.Say(post, number))
        << "post " << number << ": " << json(post.events).dump();
    ASSERT_EQ(whole.Bytes(), reopened.Bytes())
        << "post " << number << ": " << json(post.events).dump();
  }
  EXPECT_EQ(whole.Text(), reopened.Text());
  EXPECT_GT(whole.ledger().standing().tree_size(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    All, ScenariosTest, testing::ValuesIn(Scenarios()), [](const auto& info) {
      std::string name = info.param.parent_path().filename().string() + "_" +
                         info.param.stem().string();
      for (char& letter : name) {
        if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
      }
      return name;
    });

}  // namespace
}  // namespace tally
