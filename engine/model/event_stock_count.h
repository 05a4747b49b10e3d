// The event of a stock count: what lies at a site, beside what the book says.

#ifndef TALLY_ENGINE_MODEL_EVENT_STOCK_COUNT_H_
#define TALLY_ENGINE_MODEL_EVENT_STOCK_COUNT_H_

#include <string_view>

#include "engine/base/decimal.h"

namespace tally {

struct CountStock {
  std::string_view site;
  std::string_view product;
  Decimal physical_quantity;  // may be zero

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "site", self.site);
    visit(2, "product", self.product);
    visit(3, "physical_quantity", self.physical_quantity);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EVENT_STOCK_COUNT_H_
