#include "engine/rules/blend.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {
namespace {

constexpr std::string_view kUnknownCountry = "ZZ";

// The lower of two shares; none stands for all of it.
std::optional<Decimal> LowerShare(const std::optional<Decimal>& a,
                                  const std::optional<Decimal>& b) {
  if (!a) return b;
  if (!b) return a;
  return Less(*b, *a) ? b : a;
}

}  // namespace

void Blend::Add(const Parent& parent, const LotAttributes& stated,
                const std::optional<Decimal>& stated_share) {
  parents_.push_back(parent);
  if (!parent.lot.valid()) {
    has_unlotted_ = true;
    share_ = LowerShare(share_, stated_share);
    AddAttributes(stated);
    return;
  }
  const Lot& lot = state_.lots().at(parent.lot);
  LotAttributes input = lot.attributes;
  if (!stated.origin_country.empty()) {
    input.origin_country = stated.origin_country;
  }
  if (stated.ghg) input.ghg = stated.ghg;
  if (!stated.level.empty()) input.level = stated.level;
  if (stated.source_status != SourceStatus::kUnspecified) {
    input.source_status = stated.source_status;
  }
  AddSource(lot.source);
  AddAttributes(input);
  share_ = LowerShare(share_, LowerShare(lot.claims_share, stated_share));
  tainted_ = tainted_ || lot.tainted;
}

void Blend::AddSource(const std::string& source) {
  if (source.empty()) several_sources_ = true;
  if (source_.empty()) source_ = source;
  if (source_ != source) several_sources_ = true;
  if (several_sources_) source_.clear();
}

// The first input sets each attribute, every further one can only worsen it.
// One that some inputs lack is not carried, except the greenhouse gas value
// and the source status, where the highest and the worst known one counts.
void Blend::AddAttributes(const LotAttributes& input) {
  if (!any_) {
    attributes_ = input;
    any_ = true;
    return;
  }
  if (input.origin_country == kUnknownCountry ||
      attributes_.origin_country == kUnknownCountry) {
    attributes_.origin_country = kUnknownCountry;
  } else if (input.origin_country != attributes_.origin_country) {
    attributes_.origin_country.clear();
  }
  if (input.ghg && (!attributes_.ghg || Less(*attributes_.ghg, *input.ghg))) {
    attributes_.ghg = input.ghg;
  }
  attributes_.source_status =
      std::max(attributes_.source_status, input.source_status);
  if (input.level.empty() ||
      (levels_ != nullptr && levels_->LevelRank(input.level) <
                                 levels_->LevelRank(attributes_.level))) {
    attributes_.level = input.level;
  }
}

Arrival Blend::Make(SiteIndex site) const {
  Arrival arrival;
  arrival.parents = parents_;
  arrival.attributes = attributes_;
  arrival.claims_share = share_;
  arrival.tainted = tainted_;
  arrival.source = source_;
  if (has_unlotted_ && parents_.size() == 1) {
    arrival.source = std::string(state_.registry().site_names.NameOf(site));
  } else if (has_unlotted_) {
    arrival.source.clear();
  }
  return arrival;
}

}  // namespace tally
