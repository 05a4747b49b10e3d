// Credits that move only beside volume (R46): at most k times of it, with
// each transfer and at each checkpoint.

#ifndef TALLY_ENGINE_RULES_ATTACH_RATIO_H_
#define TALLY_ENGINE_RULES_ATTACH_RATIO_H_

#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/rules/case.h"
#include "engine/state/periods.h"

namespace tally {

// credits <= ratio * volume, exactly; for neither below zero.
bool IsWithinRatio(int128 credits, Ratio ratio, int128 volume);

struct AttachedTransfer {
  PartyIndex from;
  PartyIndex to;
  SchemeIndex scheme;
  ProductIndex product;
  ShipmentIndex shipment;  // not valid(): none was named
  Quantity quantity;
};

// Where the scheme has a ratio: ATTACH_RATIO unless a shipment of the product
// between the two parties is named and carries the credits, with those of
// earlier transfers. Notes what is attached to it.
void CheckAttachRatio(Case& c, const AttachedTransfer& transfer);

// The same at the end of a period: what the parties of the account's sites hold
// is at most the ratio of their book stock.
void CheckAttachedAtClose(Case& c, const PeriodKey& key, Date to);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_ATTACH_RATIO_H_
