// The engine as the other side of a comparison: authoring JSON to events,
// their shape, the rules, the state; with event ids, all-or-none and lapses
// as the commit thread has them.
//
// On the way it checks what must hold whatever the other side says: postings
// sum to zero, no claimed account is ever below zero where neither its profile
// nor a void permits it, and a plan taken back leaves no trace.

#ifndef TALLY_TESTS_COMPARE_ENGINE_SIDE_H_
#define TALLY_TESTS_COMPARE_ENGINE_SIDE_H_

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/model/event.h"
#include "engine/state/effects.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"
#include "tests/compare/step.h"

namespace tally::compare {

class EngineSide {
 public:
  // Every so many accepted events one is taken back and applied again, to see
  // that it leaves no trace. After every so many steps the state goes on as
  // what is read back from its snapshot; 0: never.
  EngineSide(int traces, int reloads) : traces_(traces), reloads_(reloads) {}

  std::vector<Said> Post(const Step& step);

  // Questions, with a scenario's members; answers of a scenario's shape.
  Json Balance(const Json& query) const;
  Json ShipmentState(const std::string& shipment) const;
  Json LotFacts(const std::string& lot) const;
  Json Credits(const Json& query) const;
  Json CertificateFacts(const std::string& certificate) const;

  // What broke one of the properties so far; empty: nothing.
  const std::vector<std::string>& broken() const { return broken_; }
  void CheckBooks();

  const State& state() const { return state_; }
  Date latest() const { return latest_; }

 private:
  struct Entry {
    std::string words;
    Said said;
  };
  struct Applied {
    Plan plan;
    Undo undo;
    std::string id;
    Date latest_before;
    Instant clock_before;
  };

  Said PostOne(const Json& event, Instant now, std::vector<Applied>* applied);
  Said DecideOne(const Event& event, Instant now,
                 std::vector<Applied>* applied);
  void Accept(const Event& event, Plan* plan, Instant recorded_at,
              std::vector<Applied>* applied);
  void TakeBack(std::vector<Applied>* applied);
  void LapseOverdue(Instant now);
  void CheckPlan(const Plan& plan);
  void CheckTraces(const Event& event, const Plan& plan);
  void Reload();
  Instant RecordedAt(Instant now) const;
  bool MayBeBelowZero(const AccountKey& key) const;
  bool IsAsked(const AccountKey& key, const Json& query) const;

  // What it takes to decide a void.
  const VoidTarget* TargetOf(const Event& event) const;

  const int traces_;
  const int reloads_;
  int steps_ = 0;
  State state_;
  Position next_ = 0;
  Date latest_ = Date::Min();
  Instant clock_{INT64_MIN};
  std::map<std::string, Entry> known_;  // by event id
  std::map<std::string, VoidTarget> effects_;
  std::vector<std::string> broken_;
};

// Everything a state holds, as text: two states are alike when these are.
std::string Describe(const State& state);

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_ENGINE_SIDE_H_
