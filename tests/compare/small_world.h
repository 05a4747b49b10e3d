// The small world in which random streams happen: some schemes, products,
// parties, sites and certificates.

#ifndef TALLY_TESTS_COMPARE_SMALL_WORLD_H_
#define TALLY_TESTS_COMPARE_SMALL_WORLD_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/compare/step.h"

namespace tally::compare {

struct Recipe {
  std::string scheme;
  std::string process;
  std::string input;
  // Products and what one unit of input makes of them, in thousandths.
  std::vector<std::pair<std::string, int>> outputs;
};

struct SmallWorld {
  std::vector<Step> setup;

  std::map<std::string, int> decimals;  // of each product
  std::vector<std::string> products;
  std::vector<std::string> sites;
  std::map<std::string, std::string> owner_of;             // of each site
  std::vector<std::string> parties;                        // who hold credits
  std::map<std::string, std::vector<std::string>> models;  // of each scheme
  std::vector<std::string> schemes;
  std::map<std::string, std::vector<std::string>> levels;  // of each scheme
  // Whether material may come under several claims at once.
  bool several_claims = false;
  // Of each scheme with fixed periods, how long they may be.
  std::map<std::string, int> period_months;
  // The schemes that let entitlement move between sites.
  std::vector<std::string> with_transfers;
  std::vector<std::string> certificates;
  std::vector<Recipe> recipes;
};

// The seed decides which schemes are in it.
SmallWorld MakeSmallWorld(uint64_t seed);

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_SMALL_WORLD_H_
