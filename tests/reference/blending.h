// Which claims an output may carry, given what went in.

#ifndef TALLY_TESTS_REFERENCE_BLENDING_H_
#define TALLY_TESTS_REFERENCE_BLENDING_H_

#include <set>
#include <string>
#include <vector>

#include "tests/reference/plan.h"
#include "tests/reference/process.h"

namespace tally::reference {

// Whether an input may stand behind an output's claim.
bool IsEligible(const World& world, const ProcessInput& input,
                const Claim& output, Date date);

// The certified part of an input: a lot's share of it.
Rational CertifiedValue(const World& world, const ProcessInput& input);

// R19–R23, R12, R14 for every output; answers whether conventional output is
// tainted by what went in.
bool CheckOutputClaims(const World& world, const Process& process, Plan* plan);

// Whether a blend of the product states a higher share than went in.
bool StatesTooHighShare(const World& world, const Process& process,
                        const std::string& scheme, const std::string& product,
                        Date date);

// What an output lot carries; R38, R54, R55 where better is stated.
Traits OutputTraits(const World& world, const Process& process,
                    const ProcessOutput& output, Plan* plan);

// Where a lot comes from: sites of origin and suppliers.
std::set<std::string> SourcesOf(const World& world, const std::string& lot);

// R20 where lots become one lot under `claims` without a process.
void CheckSources(const World& world, const ClaimSet& claims,
                  const std::vector<const Lot*>& parents, Plan* plan);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_BLENDING_H_
