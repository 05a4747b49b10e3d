#include "tests/reference/traits.h"

#include <algorithm>

namespace tally::reference {

namespace {

template <typename T>
std::optional<T> Or(const std::optional<T>& first,
                    const std::optional<T>& second) {
  return first ? first : second;
}

void InheritOrigin(const std::vector<Traits>& inputs, Traits* traits) {
  for (const Traits& its : inputs) {
    if (its.origin_country == "ZZ") {
      traits->origin_country = "ZZ";
      return;
    }
  }
  traits->origin_country = inputs.front().origin_country;
  for (const Traits& its : inputs) {
    if (its.origin_country != traits->origin_country) {
      traits->origin_country.reset();
      return;
    }
  }
}

// The lowest level; what has none is below all.
void InheritLevel(const std::vector<Traits>& inputs, const Profile* profile,
                  Traits* traits) {
  const auto rank = [profile](const std::optional<std::string>& level) {
    if (profile == nullptr) return level ? 0 : -1;
    return profile->LevelRank(level.value_or(""));
  };
  traits->level = inputs.front().level;
  for (const Traits& its : inputs) {
    if (rank(its.level) < rank(traits->level)) traits->level = its.level;
  }
}

}  // namespace

int StatusRank(const std::string& status) {
  constexpr std::string_view kBestFirst[] = {"GREEN", "BLUE", "YELLOW", "RED"};
  const auto* const found =
      std::find(std::begin(kBestFirst), std::end(kBestFirst), status);
  return static_cast<int>(found - std::begin(kBestFirst));
}

std::string SourceStatusOn(const World& world, const Profile& profile,
                           const std::string& source, Date date) {
  const SourceStatus* current = nullptr;
  for (const SourceStatus& status : world.source_statuses) {
    if (status.source != source) continue;
    if (date < status.from || date > status.to) continue;
    if (current == nullptr || status.from >= current->from) current = &status;
  }
  if (current == nullptr) return "";
  int months = 0;
  if (current->status == "GREEN") {
    if (!profile.green_months) return "GREEN";
    months = *profile.green_months;
    if (date <= AddMonths(current->from, months)) return "GREEN";
  } else if (current->status != "BLUE") {
    return current->status;
  }
  if (!profile.blue_months) return "BLUE";
  months += *profile.blue_months;
  return date <= AddMonths(current->from, months) ? "BLUE" : "RED";
}

Traits Inherit(const std::vector<Traits>& inputs, const Profile* profile) {
  Traits traits;
  if (inputs.empty()) return traits;
  InheritOrigin(inputs, &traits);
  InheritLevel(inputs, profile, &traits);
  for (const Traits& its : inputs) {
    if (its.ghg && (!traits.ghg || *traits.ghg < *its.ghg)) {
      traits.ghg = its.ghg;
    }
    if (its.share && (!traits.share || *its.share < *traits.share)) {
      traits.share = its.share;
    }
    if (its.source_status &&
        (!traits.source_status ||
         StatusRank(*its.source_status) > StatusRank(*traits.source_status))) {
      traits.source_status = its.source_status;
    }
  }
  return traits;
}

void CheckStated(const Traits& stated, const Traits& inherited,
                 const Profile* profile, Plan* plan) {
  if (stated.level && profile != nullptr &&
      profile->LevelRank(*stated.level) >
          profile->LevelRank(inherited.level.value_or(""))) {
    plan->Refuse("LEVEL", *stated.level);
  }
  if (stated.share && inherited.share && *stated.share > *inherited.share) {
    plan->Refuse("MODEL_UPGRADE", "claims_share");
  }
  if (stated.source_status && inherited.source_status &&
      StatusRank(*stated.source_status) <
          StatusRank(*inherited.source_status)) {
    plan->Refuse("SOURCE_STATUS", *stated.source_status);
  }
  if (stated.ghg && inherited.ghg && *stated.ghg < *inherited.ghg &&
      (profile == nullptr || profile->ghg != "IGNORED")) {
    plan->Refuse("GHG_AVERAGE", "attributes.ghg");
  }
}

Traits Merge(const Traits& stated, const Traits& inherited) {
  // Where it comes from is not stated anew.
  return {.origin_country = Or(inherited.origin_country, stated.origin_country),
          .ghg = Or(stated.ghg, inherited.ghg),
          .level = Or(stated.level, inherited.level),
          .source_status = Or(stated.source_status, inherited.source_status),
          .share = Or(stated.share, inherited.share)};
}

}  // namespace tally::reference
