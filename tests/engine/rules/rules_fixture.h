// A ledger of one test, without log or threads: events are checked, decided
// and applied to a State as the commit thread does it.
//
//   AddParty("miller", {Role::kOperator});
//   AddSite("mill", "miller", {"MILL"});
//   AddProduct("cpo", 2);
//   AddScheme(R"({"scheme": "s", "models": {"MASS_BALANCE": {}}})");
//   EXPECT_EQ(Post("2025-01-01", Receive{.site = "mill", …}),
//             Code::kAccepted);
//   EXPECT_EQ(Balance("mill", "cpo", Claim("s", Model::kMassBalance)),
//             "10.00");
//
// What an event names must live until its Post() returns; List() keeps
// elements until the test ends.

#ifndef TALLY_TESTS_ENGINE_RULES_RULES_FIXTURE_H_
#define TALLY_TESTS_ENGINE_RULES_RULES_FIXTURE_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/arena.h"
#include "engine/model/event.h"
#include "engine/model/refusal.h"
#include "engine/rules/case.h"
#include "engine/state/effects.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally {

inline std::ostream& operator<<(std::ostream& out, Code code) {
  return out << CodeName(code);
}

// Of a literal that is right.
Decimal Dec(std::string_view text);
Date Day(std::string_view text);
inline ClaimName Claim(std::string_view scheme, Model model) {
  return {.scheme = scheme, .model = model};
}

// What an event says beside its kind.
struct Envelope {
  std::string_view document;
  std::string_view actor;
  std::string_view recorded_at;  // left out: when it occurred
};

class RulesFixture : public testing::Test {
 protected:
  // Decides an event of `when`, a date or an instant, and applies it when it
  // is accepted.
  template <typename Kind>
  Code Post(std::string_view when, const Kind& body, Envelope envelope = {}) {
    return PostEvent(NewEvent(when, &body, envelope), envelope.recorded_at);
  }
  // The same, and a failure of the test where it is not accepted.
  template <typename Kind>
  void Given(std::string_view when, const Kind& body, Envelope envelope = {}) {
    EXPECT_EQ(Post(when, body, envelope), Code::kAccepted) << Explain();
  }
  Code PostEvent(const Event& event, std::string_view recorded_at = {});
  // The latest event that was made.
  Uuid LatestId() const;
  // What the ledger keeps of an event that was accepted, for its void.
  const VoidTarget* TargetOf(const Event& event) const;
  // Decides an event without applying it.
  Code Try(const Event& event, std::string_view recorded_at = {});
  Event NewEvent(std::string_view when, Body body, Envelope envelope = {});

  // Shorthands for the registry, dated 2010-01-01; each must be accepted.
  void AddScheme(std::string_view profile);
  void AddParty(std::string_view party, std::initializer_list<Role> roles);
  void AddSite(std::string_view site, std::string_view party,
               std::initializer_list<std::string_view> kinds = {});
  void AddProduct(std::string_view product, int decimals,
                  std::string_view group = {});

  // Elements that live until the test ends, for the spans of events.
  template <typename T>
  std::span<const T> List(std::initializer_list<T> elements) {
    const std::span<T> kept = arena_.NewArray<T>(elements.size());
    std::copy(elements.begin(), elements.end(), kept.begin());
    return kept;
  }
  std::span<const std::string_view> Names(
      std::initializer_list<std::string_view> names) {
    return List(names);
  }

  // The latest balance of the account that holds what is named.
  std::string Balance(std::string_view site, std::string_view product,
                      ClaimName claim = {}, std::string_view lot = {}) const;

  // Of the latest event: its refusal, which must be there; its plan, which
  // means something where it was accepted; and either, in words.
  const Refusal& refusal() const;
  const Plan& plan() const { return plan_; }
  std::string Explain() const;
  // The value of a figure of the latest refusal; "" where it has none such.
  std::string FigureOf(std::string_view name) const;

  const State& state() const { return state_; }
  // Events accepted so far.
  Position position() const { return position_; }
  bool strict_ = false;

  // A case of an event on this state, for rules that are tried alone. The
  // plan is the fixture's; one case at a time.
  Case NewCase(const Event& event);

 private:
  Arena arena_;
  State state_;
  Plan plan_;
  std::unique_ptr<Refusal> refusal_;
  Position position_ = 0;
  int events_ = 0;
  std::map<Uuid, VoidTarget> accepted_;
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_RULES_RULES_FIXTURE_H_
