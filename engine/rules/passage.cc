#include "engine/rules/passage.h"

#include <algorithm>

#include "engine/profile/profile.h"
#include "engine/rules/entitlements.h"
#include "engine/rules/holdings.h"
#include "engine/rules/percentage.h"

namespace tally {
namespace {

enum class Side { kIn, kOut };

FlowSums SumsOf(Side side, Quantity quantity, bool certified) {
  const int128 units = quantity.units();
  const int128 claimed = certified ? units : 0;
  if (side == Side::kIn) return {.certified_in = claimed, .all_in = units};
  return {.certified_out = claimed, .all_out = units};
}

void NoteFlow(Case& c, Side side, const Passage& passage, SchemeIndex scheme) {
  const Profile& profile = c.ProfileOf(scheme);
  if (!UsesPercentage(profile)) return;
  const FlowKey key =
      FlowKeyOf(c.state, scheme, passage.site, passage.product, c.date);
  // What moves between the sites of one scope neither enters nor leaves it.
  if (passage.other_site.valid() &&
      ScopeOf(c.state.registry().at(passage.other_site),
              profile.mass_balance.scope) == key.scope) {
    return;
  }
  const bool certified =
      std::find(passage.claims.begin(), passage.claims.end(),
                ClaimOf(scheme, Model::kMassBalance)) != passage.claims.end();
  c.plan.flow_changes.push_back(
      {key, c.date, SumsOf(side, passage.quantity, certified)});
}

void NoteFlows(Case& c, Side side, const Passage& passage) {
  for (const SchemeIndex scheme : c.state.schemes().WithPercentage()) {
    NoteFlow(c, side, passage, scheme);
  }
}

}  // namespace

void NoteIn(Case& c, const Passage& passage) {
  NoteCorrection(c, passage.site, passage.product, passage.quantity);
  NoteFlows(c, Side::kIn, passage);
}

void NoteOut(Case& c, const Passage& passage) {
  NoteCorrection(c, passage.site, passage.product, passage.quantity.Negated());
  NoteFlows(c, Side::kOut, passage);
}

void NoteDrawn(Case& c, const Movement& movement, SiteIndex to) {
  for (const ShipmentDraw& draw : movement.draws) {
    NoteOut(c, {.site = movement.site,
                .other_site = to,
                .product = movement.product,
                .quantity = draw.quantity,
                .claims = MembersAt(c, KeyAt(c, draw.account).claims)});
  }
  // Refused as it is, what is missing counts in what else speaks against it.
  for (const Shortfall& shortfall : c.shortfalls) {
    if (&c.movements[shortfall.movement] != &movement) continue;
    NoteOut(c, {.site = movement.site,
                .other_site = to,
                .product = movement.product,
                .quantity = Difference(shortfall.asked, shortfall.available)
                                .value_or(Quantity()),
                .claims = {movement.sold_as}});
  }
}

void NoteCorrection(Case& c, SiteIndex site, ProductIndex product,
                    Quantity delta) {
  c.plan.stock_changes.push_back(
      {.site = site, .product = product, .date = c.date, .delta = delta});
}

FlowKey FlowKeyOf(const State& state, SchemeIndex scheme, SiteIndex site,
                  ProductIndex product, Date date) {
  const Profile& profile = state.schemes().At(scheme, date);
  return {
      .scheme = scheme,
      .scope = ScopeOf(state.registry().at(site), profile.mass_balance.scope),
      .pool = state.registry().at(product).group_pool};
}

}  // namespace tally
