// What the reference ledger says to an event.

#ifndef TALLY_TESTS_REFERENCE_ANSWER_H_
#define TALLY_TESTS_REFERENCE_ANSWER_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tally::reference {

struct Answer {
  std::string code;      // ACCEPTED, or the code of the refusal
  std::string detail;    // of a refusal, for a person
  int64_t position = 0;  // of an accepted event
  std::vector<std::string> warnings;
  nlohmann::json serials = nlohmann::json::array();
  std::string redemption;

  bool accepted() const { return code == "ACCEPTED"; }
};

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_ANSWER_H_
