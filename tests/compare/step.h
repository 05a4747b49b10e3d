// One step of a stream: what is posted at once, and the ledger's clock then.

#ifndef TALLY_TESTS_COMPARE_STEP_H_
#define TALLY_TESTS_COMPARE_STEP_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tally::compare {

using Json = nlohmann::json;

struct Step {
  std::string recorded_at;  // RFC 3339
  bool all_or_none = false;
  std::vector<Json> events;  // authoring JSON
};

// What a ledger said to one event, as far as ledgers must agree.
struct Said {
  std::string code;
  std::vector<std::string> warnings;  // sorted
  Json serials = Json::array();
  std::string detail;  // for a person; not compared

  bool IsMalformed() const { return code.starts_with("INVALID_"); }
  // Of an event that is malformed twice, either may be told: the engine reads
  // no quantity's decimals before all else has its form.
  bool SameAs(const Said& other) const {
    if (IsMalformed() && other.IsMalformed()) return true;
    return code == other.code && warnings == other.warnings &&
           serials == other.serials;
  }
  std::string Answer() const {
    std::string text = code;
    for (const std::string& warning : warnings) text += " +" + warning;
    return text;
  }
  std::string ToString() const {
    std::string text = Answer();
    if (!serials.empty()) text += " " + serials.dump();
    return detail.empty() ? text : text + " (" + detail + ")";
  }
};

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_STEP_H_
