#include "tests/tools/tally/chain.h"

#include "fmt/format.h"

namespace tally::cli {

const char kProfile[] = R"({"scheme": "x", "models":
  {"SEGREGATED": {}, "MASS_BALANCE": {}, "BOOK_AND_CLAIM": {}},
  "certificate": {"required": false}})";

const char kSetup[] = R"([
  {"occurred_at": "2010-01-01",
   "register_party": {"party": "miller", "roles": ["OPERATOR"]}},
  {"occurred_at": "2010-01-01",
   "register_party": {"party": "maker", "roles": ["OPERATOR", "BRAND"]}},
  {"occurred_at": "2010-01-01",
   "register_site": {"site": "mill", "party": "miller", "kinds": ["MILL"]}},
  {"occurred_at": "2010-01-01",
   "register_site": {"site": "works", "party": "maker"}},
  {"occurred_at": "2010-01-01",
   "define_product": {"product": "oil", "unit": "TNE", "decimals": 2}},
  {"occurred_at": "2025-03-01",
   "receive": {"site": "mill", "product": "oil", "quantity": "100",
    "claim": {"scheme": "x", "model": "MASS_BALANCE"}, "supplier": "farm"}}
])";

std::string Ship(const std::string& shipment, const std::string& quantity) {
  return fmt::format(
      R"({{"occurred_at": "2025-03-02", "ship": {{"shipment": "{}",
       "from_site": "mill", "to_site": "works", "lines": [{{"product": "oil",
       "quantity": "{}", "claim": {{"scheme": "x",
       "model": "MASS_BALANCE"}}}}]}}}})",
      shipment, quantity);
}

std::string ScenarioWith(const std::string& steps) {
  return fmt::format(
      R"({{"scenario": "T1", "title": "A chain", "profiles": [{}],
       "setup": {}, "steps": [{}]}})",
      kProfile, kSetup, steps);
}

std::string ChainFile(const std::string& more) {
  std::string setup = kSetup;
  setup.erase(setup.find_last_of(']'));
  if (!more.empty()) setup += "," + more;
  return fmt::format(
      R"([{{"occurred_at": "2000-01-01", "define_scheme": {{"profile": {}}}}},
       {}])",
      kProfile, setup.substr(setup.find('[') + 1));
}

}  // namespace tally::cli
