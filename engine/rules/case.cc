#include "engine/rules/case.h"

#include "engine/base/decimal.h"

namespace tally {

Refusal RefuseUnder(const Case& c, SchemeIndex scheme, Code code,
                    std::string message) {
  Refusal refusal = Refuse(code, std::move(message));
  if (scheme.valid() && !refusal.rule.empty()) {
    refusal.citation = c.ProfileOf(scheme).CitationOf(refusal.rule);
  }
  return refusal;
}

std::string Show(const Case& c, ProductIndex product, Quantity quantity) {
  return FormatUnits(quantity.units(), c.state.registry().at(product).decimals);
}

void AddFigure(const Case& c, ProductIndex product, std::string_view name,
               Quantity quantity, Refusal* refusal) {
  refusal->figures.push_back({std::string(name), Show(c, product, quantity),
                              c.state.registry().at(product).unit});
}

}  // namespace tally
