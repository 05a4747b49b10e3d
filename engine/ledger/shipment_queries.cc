#include "engine/ledger/shipment_queries.h"

#include <algorithm>
#include <span>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/lot_view.h"
#include "engine/ledger/status_facts.h"

namespace tally {
namespace {

// A line leaves under the claim it was sold under and under every other that
// the stock it was drawn from has.
std::vector<NamedClaim> ClaimsOf(const State& state, const ShipmentLine& line) {
  std::vector<NamedClaim> claims = NameClaims(state, SetOf(line.claim));
  for (const ShipmentDraw& draw : line.draws) {
    const ClaimSetIndex set = state.accounts().at(draw.account).key.claims;
    if (!ClaimSets::IsSeveral(set)) continue;
    for (NamedClaim& claim : NameClaims(state, set)) {
      claims.push_back(std::move(claim));
    }
  }
  std::sort(claims.begin(), claims.end());
  claims.erase(std::unique(claims.begin(), claims.end()), claims.end());
  return claims;
}

ShipmentLineView ViewLine(const State& state, const ShipmentLine& line) {
  return {
      .product =
          std::string(state.registry().product_names.NameOf(line.product)),
      .quantity = AmountOf(state, line.product, line.quantity),
      .claims = ClaimsOf(state, line),
      .lot = line.lot.valid() ? std::string(state.lots().NameOf(line.lot)) : "",
      .accepted = AmountOf(state, line.product, line.accepted),
      .claims_share = line.claims_share,
      .attributes = ViewAttributes(line.attributes)};
}

std::string PartyOf(const State& state, SiteIndex site) {
  const Registry& registry = state.registry();
  return std::string(registry.party_names.NameOf(registry.at(site).party));
}

ShipmentView ViewShipment(const State& state, ShipmentIndex index) {
  const Shipment& shipment = state.shipments().at(index);
  const auto& site_names = state.registry().site_names;
  ShipmentView view{.shipment = std::string(state.shipments().NameOf(index)),
                    .state = shipment.state,
                    .from_site = std::string(site_names.NameOf(shipment.from)),
                    .from_party = PartyOf(state, shipment.from),
                    .to_external = shipment.to_external,
                    .shipped_on = shipment.shipped_on,
                    .held = state.holds().Contains(HoldTarget(index)),
                    .position = shipment.position};
  if (shipment.to.valid()) {
    view.to_site = site_names.NameOf(shipment.to);
    view.to_party = PartyOf(state, shipment.to);
  }
  if (shipment.last_day != Date::Max()) view.confirm_by = shipment.last_day;
  for (const ShipmentLine& line : shipment.lines) {
    view.lines.push_back(ViewLine(state, line));
  }
  return view;
}

bool Matches(const Shipment& shipment, const ShipmentListQuestion& question) {
  if (question.state != ShipmentState::kUnspecified &&
      shipment.state != question.state) {
    return false;
  }
  return question.shipped_from.value_or(Date::Min()) <= shipment.shipped_on &&
         shipment.shipped_on <= question.shipped_to.value_or(Date::Max());
}

absl::StatusOr<std::vector<SiteIndex>> SitesOf(
    const State& state, const ShipmentListQuestion& question) {
  std::vector<SiteIndex> sites;
  if (!question.site.empty()) {
    ASSIGN_OR_RETURN(const SiteIndex site, FindSite(state, question.site));
    sites.push_back(site);
  }
  if (question.party.empty()) {
    if (!sites.empty()) return sites;
    return WrongField("party", "", "given where `site` is not");
  }
  ASSIGN_OR_RETURN(const PartyIndex party, FindParty(state, question.party));
  if (!sites.empty()) {
    if (state.registry().at(sites.front()).party != party) sites.clear();
    return sites;
  }
  for (int32_t i = 0; i < state.registry().site_names.size(); ++i) {
    if (state.registry().at(SiteIndex(i)).party == party) {
      sites.emplace_back(i);
    }
  }
  return sites;
}

// Adds those of the list, which is in order, from `first` on.
void AddFrom(ShipmentIndex first, const State& state,
             const ShipmentListQuestion& question,
             std::span<const ShipmentIndex> list,
             std::vector<ShipmentIndex>* found) {
  for (auto it = std::lower_bound(list.begin(), list.end(), first);
       it != list.end(); ++it) {
    if (Matches(state.shipments().at(*it), question)) found->push_back(*it);
  }
}

absl::StatusOr<Page<ShipmentView>> AskPage(
    const View& view, const ShipmentListQuestion& question) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.page.size));
  int64_t first = 0;
  if (!question.page.after.empty()) {
    ASSIGN_OR_RETURN(first, ReadPageNumber(question.page.after));
  }
  first = std::min(first, int64_t{view.state.shipments().size()});
  ASSIGN_OR_RETURN(const std::vector<SiteIndex> sites,
                   SitesOf(view.state, question));
  const ShipmentIndex from(static_cast<int32_t>(first));
  std::vector<ShipmentIndex> found;
  for (const SiteIndex site : sites) {
    if (question.side != ShipmentSide::kReceived) {
      AddFrom(from, view.state, question, view.state.shipments().From(site),
              &found);
    }
    if (question.side != ShipmentSide::kSent) {
      AddFrom(from, view.state, question, view.state.shipments().To(site),
              &found);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());

  Page<ShipmentView> page{.standing = view.standing};
  for (const ShipmentIndex index : found) {
    if (page.items.size() == size) {
      page.next = std::to_string(index.value());
      break;
    }
    page.items.push_back(ViewShipment(view.state, index));
  }
  return page;
}

}  // namespace

absl::StatusOr<ShipmentAnswer> GetShipment(const Ledger& ledger,
                                           std::string_view shipment) {
  return Ask<ShipmentAnswer>(
      ledger, [&](const View& view) -> absl::StatusOr<ShipmentAnswer> {
        ASSIGN_OR_RETURN(const ShipmentIndex index,
                         FindShipment(view.state, shipment));
        return ShipmentAnswer{.standing = view.standing,
                              .shipment = ViewShipment(view.state, index)};
      });
}

absl::StatusOr<Page<ShipmentView>> ListShipments(
    const Ledger& ledger, const ShipmentListQuestion& question) {
  return Ask<Page<ShipmentView>>(
      ledger, [&](const View& view) { return AskPage(view, question); });
}

}  // namespace tally
