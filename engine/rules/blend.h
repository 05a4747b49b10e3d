// What becomes of sources, attributes and shares when material is put
// together: a blend carries nothing better than the worst that went in.

#ifndef TALLY_ENGINE_RULES_BLEND_H_
#define TALLY_ENGINE_RULES_BLEND_H_

#include <optional>
#include <string>
#include <vector>

#include "engine/base/decimal.h"
#include "engine/profile/profile.h"
#include "engine/rules/bring.h"
#include "engine/state/lots.h"
#include "engine/state/state.h"

namespace tally {

class Blend {
 public:
  // `levels` orders the levels; without it the first level stays.
  explicit Blend(const State& state, const Profile* levels = nullptr)
      : state_(state), levels_(levels) {}

  // Adds an input: a lot with what it carries, unless the event states it
  // otherwise, or material without lot.
  void Add(const Parent& parent, const LotAttributes& stated = {},
           const std::optional<Decimal>& stated_share = std::nullopt);

  // Adds NEUTRAL input: a parent that counts for nothing else.
  void AddNeutral(const Parent& parent) { parents_.push_back(parent); }

  const LotAttributes& attributes() const { return attributes_; }
  const std::optional<Decimal>& claims_share() const { return share_; }
  const std::vector<Parent>& parents() const { return parents_; }
  // The one source of all inputs; empty where there are several.
  const std::string& source() const { return source_; }

  // An arrival with all of this; `site` is the source of what had no lot.
  Arrival Make(SiteIndex site) const;

 private:
  void AddSource(const std::string& source);
  void AddAttributes(const LotAttributes& input);

  const State& state_;
  const Profile* levels_;
  std::vector<Parent> parents_;
  LotAttributes attributes_;
  std::optional<Decimal> share_;
  std::string source_;
  bool any_ = false;
  bool several_sources_ = false;
  bool has_unlotted_ = false;
  bool tainted_ = false;
};

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_BLEND_H_
