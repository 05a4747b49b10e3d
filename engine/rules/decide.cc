#include "engine/rules/decide.h"

#include <type_traits>
#include <variant>

#include "engine/base/check.h"
#include "engine/rules/case.h"
#include "engine/rules/column.h"
#include "engine/rules/contracts.h"
#include "engine/rules/expiry.h"
#include "engine/rules/forecast.h"
#include "engine/rules/planners.h"

namespace tally {
namespace {

using Rule = void (*)(Case&);

// In the documented order, though the verdict does not depend on it: a rule
// may use what an earlier one filled in.
constexpr Rule kColumn[] = {
    CheckAuthority,  CheckCertificates, CheckHolds,      CheckEntry,
    CheckPeriods,    CheckSources,      CheckLots,       CheckCaps,
    CheckShortfalls, CheckPercentages,  CheckAttributes,
};

// Malformed events, unknown references and ids that are taken answer before
// any rule could.
bool AnsweredByPlanner(const Case& c) {
  return !c.verdict.Concerns(Code::kRole);
}

}  // namespace

std::unique_ptr<Refusal> Decide(const State& state, const Event& event,
                                const Circumstances& circumstances,
                                Plan* plan) {
  plan->Clear();
  plan->kind = event.kind();
  Case c{.state = state,
         .event = event,
         .position = circumstances.position,
         .recorded_at = circumstances.recorded_at,
         .strict = circumstances.strict,
         .void_target = circumstances.void_target,
         .date = event.date(),
         .words = circumstances.words,
         .plan = *plan};
  CheckPoster(c);
  if (!c.verdict.accepted()) return c.verdict.TakeRefusal();
  CheckActor(c);
  std::visit(
      [&c](const auto& body) {
        if constexpr (std::is_pointer_v<std::decay_t<decltype(body)>>) {
          PlanEvent(c, *body);
        } else {
          TALLY_CHECK(false);  // An event without kind has no good shape.
        }
      },
      event.body);
  if (AnsweredByPlanner(c)) return c.verdict.TakeRefusal();
  PlanDelivery(c);
  PlanExpiry(c);
  for (const Rule rule : kColumn) rule(c);
  AddShortFigures(c);
  return c.verdict.TakeRefusal();
}

}  // namespace tally
