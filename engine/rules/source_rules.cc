// R54: a red source originates nothing, and material states no better colour
// than its source has. A lot keeps the colour of the day on which it was made.

#include <algorithm>
#include <variant>

#include "engine/rules/column.h"
#include "fmt/format.h"

namespace tally {
namespace {

// The worst colour that the schemes of the event's claims let the source have.
SourceStatus WorstOf(const Case& c, std::string_view source) {
  SourceStatus worst = SourceStatus::kUnspecified;
  for (const Movement& movement : c.movements) {
    if (!movement.claim.valid()) continue;
    const SourceStatusTerms& terms =
        c.ProfileOf(SchemeOf(movement.claim)).source_status;
    worst = std::max(worst, c.state.sources().At(source, c.date, terms));
  }
  return worst;
}

void RefuseSource(Case& c, std::string message) {
  const SchemeIndex scheme = c.movements.front().claim.valid()
                                 ? SchemeOf(c.movements.front().claim)
                                 : SchemeIndex();
  c.verdict.Refuse(
      RefuseUnder(c, scheme, Code::kSourceStatus, std::move(message)));
}

}  // namespace

void CheckSources(Case& c) {
  const auto* body = std::get_if<const Originate*>(&c.event.body);
  if (body == nullptr || c.movements.empty()) return;
  const Originate& originate = **body;
  const SourceStatus status = WorstOf(c, originate.site);
  if (status == SourceStatus::kUnspecified) return;
  const SourceStatus stated = originate.attributes.source_status;
  if (status == SourceStatus::kRed) {
    RefuseSource(c, fmt::format("source \"{}\" is RED on {}", originate.site,
                                c.date.ToString()));
  } else if (stated != SourceStatus::kUnspecified && stated < status) {
    RefuseSource(
        c, fmt::format("source \"{}\" is {} on {}, not {}", originate.site,
                       Name(status), c.date.ToString(), Name(stated)));
  }
  if (stated != SourceStatus::kUnspecified) return;
  for (Named<Lot>& lot : c.plan.new_lots) {
    lot.thing.attributes.source_status = status;
  }
}

}  // namespace tally
