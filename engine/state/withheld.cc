#include "engine/state/withheld.h"

#include <algorithm>

#include "engine/base/decimal.h"

namespace tally {
namespace {

// How much of what was lacking still is.
Quantity StillLacking(const State& state, const Owing& owing, Date date) {
  if (owing.account.valid()) {
    const Quantity least =
        state.accounts().at(owing.account).timeline.LeastFrom(date);
    return std::clamp(least.Negated(), Quantity(), owing.lacking);
  }
  if (owing.shipment.valid() &&
      state.shipments().at(owing.shipment).state == ShipmentState::kRecalled) {
    return Quantity();
  }
  return owing.lacking;
}

}  // namespace

Quantity Withheld(const State& state, AccountIndex account, Date date) {
  int128 withheld = 0;
  for (const Withholding& withholding : state.withholdings().Of(account)) {
    int128 most = 0;
    for (const Owing& owing : withholding.owing) {
      const int128 lacking = StillLacking(state, owing, date).units();
      most = std::max(most, Divide(lacking * withholding.quantity.units(),
                                   owing.taken.units(), Rounding::kUp));
    }
    withheld += most;
  }
  return Quantity(static_cast<int64_t>(std::min(withheld, int128{INT64_MAX})));
}

}  // namespace tally
