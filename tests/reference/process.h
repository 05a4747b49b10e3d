// What a `process` event says, read once for its quantities and its claims.

#ifndef TALLY_TESTS_REFERENCE_PROCESS_H_
#define TALLY_TESTS_REFERENCE_PROCESS_H_

#include <optional>
#include <string>
#include <vector>

#include "tests/reference/plan.h"

namespace tally::reference {

struct ProcessInput {
  std::string product;
  std::optional<Claim> claim;
  std::string lot;
  bool neutral = false;
  bool computed = false;  // its quantity follows from the outputs
  Rational value;         // exact, in the product's measure
  Units debit = 0;        // what leaves the account
};

struct ProcessOutput {
  std::string product;
  std::optional<Claim> claim;
  std::string lot;
  Units quantity = 0;
  Units certified = 0;  // booked under the claim
  Rational value;       // of the quantity, in the product's measure
  Rational claimed;     // of what the claim says of it
  Traits stated;
  std::vector<std::string> tags;
};

struct Process {
  std::string site;
  std::string name;
  std::vector<ProcessInput> inputs;
  std::vector<ProcessOutput> outputs;

  // The schemes that the claims of the outputs name.
  std::set<std::string> OutputSchemes() const;
  bool EveryOutputIsAnInput() const;
};

Process ReadProcess(const World& world, const Plan& plan);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_PROCESS_H_
