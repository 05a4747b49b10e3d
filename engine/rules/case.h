// A case: one event before the rules, with the state as it stands, the plan
// that grows out of it and the verdict so far.

#ifndef TALLY_ENGINE_RULES_CASE_H_
#define TALLY_ENGINE_RULES_CASE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/base/date.h"
#include "engine/model/event.h"
#include "engine/profile/profile.h"
#include "engine/rules/movement.h"
#include "engine/rules/verdict.h"
#include "engine/state/effects.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally {

struct Case {
  // Constant.
  const State& state;
  const Event& event;
  Position position;    // that the event gets if it is accepted
  Instant recorded_at;  // likewise
  bool strict = false;  // no exception is permitted, whatever a profile says
  // Of a void: the event that it is about; nullptr where that is unknown.
  const VoidTarget* void_target = nullptr;
  Date date;                    // the event's business date
  std::string_view words = {};  // of the event, as they are recorded

  // Written by the planner, then by the rules.
  Plan& plan;
  Verdict verdict;
  std::vector<Movement> movements;
  std::vector<Shortfall> shortfalls;
  // The plan's postings so far, summed by account.
  absl::InlinedVector<std::pair<AccountIndex, int128>, 8> posted;

  const Profile& ProfileOf(SchemeIndex scheme) const {
    return state.schemes().At(scheme, date);
  }
};

// A refusal with its rule's citation from the scheme's profile, where the
// scheme is known and cites the rule.
Refusal RefuseUnder(const Case& c, SchemeIndex scheme, Code code,
                    std::string message);

// "40.00": a quantity of a product, as people write it.
std::string Show(const Case& c, ProductIndex product, Quantity quantity);

// Adds the figures every shortage is explained by.
void AddFigure(const Case& c, ProductIndex product, std::string_view name,
               Quantity quantity, Refusal* refusal);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_CASE_H_
