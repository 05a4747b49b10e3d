// Whatever is posted: taking plans back leaves a state as it was, and what
// was refused or taken back has no effect on what comes later.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/decide.h"
#include "engine/rules/shape.h"
#include "engine/state/effects.h"
#include "engine/state/state.h"
#include "tests/engine/rules/random_events.h"
#include "tests/engine/rules/state_snapshot.h"

namespace tally {
namespace {

constexpr int kEvents = 1'500;
constexpr int kGroup = 8;

// Where two texts differ first; snapshots are too long to print.
std::string FirstDifference(const std::string& a, const std::string& b) {
  const auto [in_a, in_b] =
      std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (in_a == a.end() && in_b == b.end()) return "";
  const auto line_of = [](const std::string& text, size_t place) {
    const size_t begin = text.rfind('\n', place) + 1;
    return text.substr(begin, text.find('\n', place) - begin);
  };
  const auto place = static_cast<size_t>(in_a - a.begin());
  return "\"" + line_of(a, std::min(place, a.size() - 1)) + "\" became \"" +
         line_of(b, std::min(place, b.size() - 1)) + "\"";
}

// Decides and applies; nullopt where it is refused.
class Ledger {
 public:
  bool Post(const Event& event, Plan* plan, Undo* undo) {
    const auto* annul = std::get_if<const Void*>(&event.body);
    const auto known =
        annul == nullptr ? targets_.end() : targets_.find((*annul)->event);
    const Circumstances circumstances{
        .position = position_,
        .recorded_at = event.occurred_at,
        .void_target = known == targets_.end() ? nullptr : &known->second};
    if (Decide(state_, event, circumstances, plan) != nullptr) return false;
    if (annul != nullptr) ++voids_;
    VoidTarget target{.position = position_};
    FindEffects(state_, event.kind(), event.date(), *plan, &target.effects);
    targets_.insert_or_assign(event.id, std::move(target));
    ids_.push_back(event.id);
    state_.Apply(*plan, undo);
    ++position_;
    return true;
  }
  void Revert(const Plan& plan, const Undo& undo) {
    state_.Revert(plan, undo);
    targets_.erase(ids_.back());
    ids_.pop_back();
    --position_;
  }
  std::string Snapshot() const { return SnapshotOf(state_); }
  Position position() const { return position_; }
  int voids() const { return voids_; }

 private:
  State state_;
  Position position_ = 0;
  std::map<Uuid, VoidTarget> targets_;
  std::vector<Uuid> ids_;  // by position
  int voids_ = 0;
};

class RevertPropertyTest : public testing::TestWithParam<uint32_t> {};

TEST_P(RevertPropertyTest, WhatIsTakenBackLeavesNoTrace) {
  SCOPED_TRACE(testing::Message() << "seed " << GetParam());
  RandomEvents events(GetParam());
  std::mt19937 random(GetParam() + 1);
  Ledger ledger;
  Ledger clean;  // sees only what was kept
  Plan plan;
  for (const Event& event : events.World()) {
    ASSERT_TRUE(ledger.Post(event, &plan, nullptr));
    ASSERT_TRUE(clean.Post(event, &plan, nullptr));
  }
  Position reverted = 0;
  for (int posted = 0; posted < kEvents; posted += kGroup) {
    const std::string before = ledger.Snapshot();
    std::vector<std::pair<Plan, Undo>> applied;
    std::vector<Event> accepted;
    for (int i = 0; i < kGroup; ++i) {
      const Event event = events.Next();
      // A lapse is the ledger's own: it has no shape to be posted in.
      const bool lapse = std::holds_alternative<const Lapse*>(event.body);
      if (!lapse && CheckShape(event) != nullptr) continue;
      Undo undo;
      if (!ledger.Post(event, &plan, &undo)) continue;
      applied.emplace_back(plan, std::move(undo));
      accepted.push_back(event);
    }
    if (random() % 2 == 0) {
      for (size_t i = applied.size(); i-- > 0;) {
        ledger.Revert(applied[i].first, applied[i].second);
      }
      reverted += static_cast<Position>(applied.size());
      ASSERT_EQ(FirstDifference(before, ledger.Snapshot()), "");
      continue;
    }
    for (const Event& event : accepted) {
      ASSERT_TRUE(clean.Post(event, &plan, nullptr));
    }
  }
  EXPECT_EQ(FirstDifference(clean.Snapshot(), ledger.Snapshot()), "");
  // Enough happened on either side for this to mean something.
  EXPECT_GT(ledger.position(), 100);
  EXPECT_GT(reverted, 100);
  EXPECT_GT(ledger.voids(), 10);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RevertPropertyTest,
                         testing::Values(1, 2, 3, 4, 5, 6));

}  // namespace
}  // namespace tally
