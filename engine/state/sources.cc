#include "engine/state/sources.h"

#include "engine/base/check.h"
#include "engine/base/strings.h"

namespace tally {
namespace {

// Both spans count from the first date, so that the ends of short months do
// not add up.
SourceStatus Faded(const SourceChange& change, Date date,
                   const SourceStatusTerms& terms) {
  SourceStatus status = change.status;
  int months = 0;
  if (status == SourceStatus::kGreen && terms.green_months) {
    months += *terms.green_months;
    if (date > change.from.AddMonths(months)) status = SourceStatus::kBlue;
  }
  if (status == SourceStatus::kBlue && terms.blue_months) {
    months += *terms.blue_months;
    if (date > change.from.AddMonths(months)) status = SourceStatus::kRed;
  }
  return status;
}

}  // namespace

SourceStatus Sources::At(std::string_view source, Date date,
                         const SourceStatusTerms& terms) const {
  const auto found = changes_.find(ToAbsl(source));
  if (found == changes_.end()) return SourceStatus::kUnspecified;
  const SourceChange* current = nullptr;
  for (const SourceChange& change : found->second) {
    if (date < change.from || date > change.to) continue;
    if (current == nullptr || change.from >= current->from) current = &change;
  }
  return current == nullptr ? SourceStatus::kUnspecified
                            : Faded(*current, date, terms);
}

void Sources::Add(std::string_view source, const SourceChange& change) {
  changes_[std::string(source)].push_back(change);
}

void Sources::RemoveLast(std::string_view source) {
  const auto found = changes_.find(ToAbsl(source));
  TALLY_CHECK(found != changes_.end());
  found->second.pop_back();
  if (found->second.empty()) changes_.erase(found);
}

}  // namespace tally
