// The event of contracts: what is agreed to be bought or sold and delivered
// later. Views point into the arena of the batch, as in event_custody.h.

#ifndef TALLY_ENGINE_MODEL_EVENT_CONTRACT_H_
#define TALLY_ENGINE_MODEL_EVENT_CONTRACT_H_

#include <string_view>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/claim.h"

namespace tally {

// A purchase or a sale of mass-balance material that is to be delivered by a
// day. It moves nothing.
struct AgreeContract {
  std::string_view contract;
  std::string_view site;
  bool sale = false;
  std::string_view product;
  Decimal quantity;
  ClaimName claim;
  std::string_view counterparty;
  Date deliver_by;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "contract", self.contract);
    visit(2, "site", self.site);
    visit(3, "sale", self.sale);
    visit(4, "product", self.product);
    visit(5, "quantity", self.quantity);
    visit(6, "claim", self.claim);
    visit(7, "counterparty", self.counterparty);
    visit(8, "deliver_by", self.deliver_by);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EVENT_CONTRACT_H_
