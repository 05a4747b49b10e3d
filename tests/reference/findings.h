// What speaks against an event, and which of it is the answer.
//
// Every check adds what it finds; the code that stands first in the documented
// order of refusals is the one that is answered. The order is one table, so
// that no check needs to know what the others look at.

#ifndef TALLY_TESTS_REFERENCE_FINDINGS_H_
#define TALLY_TESTS_REFERENCE_FINDINGS_H_

#include <string>
#include <string_view>
#include <vector>

namespace tally::reference {

struct Finding {
  std::string code;
  std::string detail;  // which field, value or account, for a person
};

class Findings {
 public:
  // `code` must stand in the table of codes.
  void Add(std::string_view code, std::string detail = "");

  bool empty() const { return findings_.empty(); }
  // The first in the documented order; there must be one.
  const Finding& First() const;

 private:
  std::vector<Finding> findings_;
};

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_FINDINGS_H_
