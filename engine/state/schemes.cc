#include "engine/state/schemes.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"

namespace tally {

const Profile& Schemes::At(SchemeIndex index, Date date) const {
  const auto& versions = Versions(index);
  size_t current = versions.size() - 1;
  while (current > 0 && versions[current]->effective_from > date) --current;
  return *versions[current];
}

void Schemes::Add(std::shared_ptr<const Profile> profile) {
  SchemeIndex index = names_.Find(profile->scheme);
  if (!index.valid()) {
    index = names_.Add(profile->scheme);
    versions_.emplace_back();
  }
  auto& versions = versions_[static_cast<size_t>(index.value())];
  const auto place = std::upper_bound(versions.begin(), versions.end(),
                                      profile->effective_from,
                                      [](Date date, const auto& other) {
                                        return date < other->effective_from;
                                      });
  versions.insert(place, std::move(profile));
  NotePercentage(index);
}

void Schemes::Remove(SchemeIndex index, Date effective_from) {
  auto& versions = versions_[static_cast<size_t>(index.value())];
  const auto found = std::find_if(
      versions.begin(), versions.end(), [effective_from](const auto& other) {
        return other->effective_from == effective_from;
      });
  TALLY_CHECK(found != versions.end());
  versions.erase(found);
  NotePercentage(index);
  if (!versions.empty()) return;
  TALLY_CHECK(index.value() == size() - 1);
  versions_.pop_back();
  names_.RemoveLast();
}

void Schemes::NotePercentage(SchemeIndex index) {
  const auto& versions = Versions(index);
  const bool any =
      std::any_of(versions.begin(), versions.end(), [](const auto& profile) {
        return profile->Lists(Model::kMassBalance) &&
               profile->mass_balance.method == MassBalanceMethod::kPercentage;
      });
  const auto place =
      std::lower_bound(with_percentage_.begin(), with_percentage_.end(), index);
  const bool noted = place != with_percentage_.end() && *place == index;
  if (any && !noted) with_percentage_.insert(place, index);
  if (!any && noted) with_percentage_.erase(place);
}

}  // namespace tally
