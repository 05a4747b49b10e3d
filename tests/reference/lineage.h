// Where a lot comes from and what became of it.

#ifndef TALLY_TESTS_REFERENCE_LINEAGE_H_
#define TALLY_TESTS_REFERENCE_LINEAGE_H_

#include <map>
#include <set>
#include <string>

#include "tests/reference/world.h"

namespace tally::reference {

// The part of a lot that each source stands for: a site of origin, or the
// supplier of a receipt. Inputs count by quantity; pooled stock counts for the
// site that pooled it.
std::map<std::string, Rational> SourceShares(const World& world,
                                             const std::string& lot);

std::set<std::string> Ancestors(const World& world, const std::string& lot);
std::set<std::string> Descendants(const World& world, const std::string& lot);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_LINEAGE_H_
