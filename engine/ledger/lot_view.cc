#include "engine/ledger/lot_view.h"

#include <algorithm>

#include "engine/ledger/account_names.h"
#include "engine/state/lot_certificates.h"

namespace tally {

NamedAttributes ViewAttributes(const LotAttributes& attributes) {
  return {.origin_country = attributes.origin_country,
          .ghg = attributes.ghg,
          .level = attributes.level,
          .source_status = attributes.source_status};
}

std::vector<Code> FlagsOf(const State& state, LotIndex lot) {
  std::vector<Code> flags;
  if (WasMadeUncertified(state, lot)) flags.push_back(Code::kCertSuspended);
  if (state.voids().Reaches(state.lots(), lot)) {
    flags.push_back(Code::kUpstreamVoid);
  }
  if (state.lots().at(lot).tainted) flags.push_back(Code::kTainted);
  return flags;
}

std::vector<Code> FlagsOf(const State& state, BlockIndex index) {
  const Block& block = state.credits().at(index);
  std::vector<Code> flags;
  if (block.lot.valid()) flags = FlagsOf(state, block.lot);
  if (!state.voids().Reaches(state.lots(), state.credits(), index)) {
    return flags;
  }
  const auto place =
      std::lower_bound(flags.begin(), flags.end(), Code::kUpstreamVoid);
  if (place == flags.end() || *place != Code::kUpstreamVoid) {
    flags.insert(place, Code::kUpstreamVoid);
  }
  return flags;
}

LotView ViewLot(const State& state, LotIndex index) {
  const Lot& lot = state.lots().at(index);
  LotView view{
      .lot = std::string(state.lots().NameOf(index)),
      .product =
          std::string(state.registry().product_names.NameOf(lot.product)),
      .quantity = AmountOf(state, lot.product, lot.made),
      .claims = NameClaims(state, lot.claims),
      .tags = lot.tags,
      .attributes = ViewAttributes(lot.attributes),
      .claims_share = lot.claims_share,
      .flags = FlagsOf(state, index),
      .held = state.holds().Contains(HoldTarget(index)),
      .made_at = std::string(state.registry().site_names.NameOf(lot.made_at)),
      .made_on = lot.made_on,
      .position = lot.position};
  for (const Parent& parent : lot.parents) {
    if (!parent.lot.valid()) continue;
    view.parents.emplace_back(state.lots().NameOf(parent.lot));
  }
  return view;
}

}  // namespace tally
