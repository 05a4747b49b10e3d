#include "tests/reference/scenario.h"

#include <map>
#include <optional>
#include <set>

#include "tests/reference/number.h"
#include "tests/reference/reference_ledger.h"

namespace tally::reference {

namespace {

std::optional<Rational> AsNumber(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto text = value.get<std::string>();
  if (text.starts_with("-")) {
    const auto positive = Rational::Parse(text.substr(1));
    if (!positive) return std::nullopt;
    return -*positive;
  }
  return Rational::Parse(text);
}

// Numbers compare by value, of an object only what is listed, lists of names
// in any order.
bool Holds(const Json& expected, const Json& actual) {
  if (expected.is_object()) {
    if (!actual.is_object()) return false;
    for (const auto& [key, value] : expected.items()) {
      if (!actual.contains(key) || !Holds(value, actual[key])) return false;
    }
    return true;
  }
  if (expected.is_array() && actual.is_array()) {
    return std::multiset<Json>(expected.begin(), expected.end()) ==
           std::multiset<Json>(actual.begin(), actual.end());
  }
  const auto one = AsNumber(expected);
  const auto other = AsNumber(actual);
  if (one && other) return *one == *other;
  return expected == actual;
}

// A percentage compares after rounding half up to the decimals shown.
bool PercentageHolds(const std::string& expected, const Json& actual) {
  const auto value = AsNumber(actual);
  if (!value) return false;
  const size_t point = expected.find('.');
  const int decimals = point == std::string::npos
                           ? 0
                           : static_cast<int>(expected.size() - point - 1);
  return Holds(expected, Json(value->ToDecimal(decimals)));
}

class ScenarioRun {
 public:
  explicit ScenarioRun(const Json& scenario)
      : scenario_(scenario), ledger_(scenario.value("strict", false)) {}

  std::vector<std::string> Run() {
    CheckKeys(scenario_, "scenario",
              {"scenario", "title", "rule", "source", "provenance", "strict",
               "profiles", "setup", "steps"});
    for (const Json& profile : scenario_.value("profiles", Json::array())) {
      Expect("profile", {{"occurred_at", "2000-01-01"},
                         {"define_scheme", {{"profile", profile}}}});
    }
    for (const Json& event : scenario_.value("setup", Json::array())) {
      Expect("setup", event);
    }
    if (!problems_.empty()) return problems_;
    for (const Json& step : scenario_.value("steps", Json::array())) {
      ++step_;
      RunStep(step);
      for (const std::string& wrong : ledger_.CheckBooks()) {
        Problem("books that balance", wrong);
      }
    }
    return problems_;
  }

 private:
  void Problem(const std::string& expected, const std::string& actual) {
    problems_.push_back("step " + std::to_string(step_) + ": expected " +
                        expected + ", got " + actual);
  }

  void CheckKeys(const Json& object, const std::string& what,
                 const std::set<std::string>& known) {
    for (const auto& [key, value] : object.items()) {
      if (!known.contains(key)) Problem("no key " + key, what);
    }
  }

  // An event of the set-up must be accepted.
  void Expect(const std::string& what, const Json& event) {
    const Answer answer = ledger_.Post(event);
    if (!answer.accepted()) {
      Problem(what + " accepted",
              answer.code + " (" + answer.detail + ") " + event.dump());
    }
  }

  void Compare(const Json& expected, const Json& actual) {
    if (!Holds(expected, actual)) Problem(expected.dump(), actual.dump());
  }

  static std::string Say(const Answer& answer) {
    return answer.code +
           (answer.detail.empty() ? "" : " (" + answer.detail + ")");
  }

  void RunPost(const Json& step) {
    CheckKeys(
        step, "step",
        {"post", "expect", "warnings", "serials", "position", "recorded_at"});
    std::optional<std::string> recorded_at;
    if (step.contains("recorded_at")) recorded_at = step["recorded_at"];
    const Answer answer = ledger_.Post(step["post"], recorded_at);
    if (answer.code != step["expect"]) {
      Problem(step["expect"], Say(answer));
    }
    for (const Json& warning : step.value("warnings", Json::array())) {
      if (std::find(answer.warnings.begin(), answer.warnings.end(), warning) ==
          answer.warnings.end()) {
        Problem("warning " + warning.dump(), Json(answer.warnings).dump());
      }
    }
    if (step.contains("serials")) Compare(step["serials"], answer.serials);
    if (step.contains("position")) {
      positions_[step["position"]] = ledger_.position();
    }
  }

  void RunAtomic(const Json& step) {
    CheckKeys(step, "step",
              {"post_atomic", "expect", "position", "recorded_at"});
    std::optional<std::string> recorded_at;
    if (step.contains("recorded_at")) recorded_at = step["recorded_at"];
    const auto events = step["post_atomic"].get<std::vector<Json>>();
    Json codes = Json::array();
    std::string said;
    for (const Answer& answer : ledger_.PostAtomic(events, recorded_at)) {
      codes.push_back(answer.code);
      said += Say(answer) + " ";
    }
    if (codes != step["expect"]) Problem(step["expect"].dump(), said);
    if (step.contains("position")) {
      positions_[step["position"]] = ledger_.position();
    }
  }

  void RunConcurrent(const Json& step) {
    CheckKeys(step, "step", {"post_concurrent", "expect"});
    std::map<std::string, int> counts;
    for (const Json& event : step["post_concurrent"]) {
      ++counts[ledger_.Post(event).code];
    }
    if (Json(counts) != step["expect"]) {
      Problem(step["expect"].dump(), Json(counts).dump());
    }
  }

  void RunStep(const Json& step) {
    if (step.contains("post")) return RunPost(step);
    if (step.contains("post_atomic")) return RunAtomic(step);
    if (step.contains("post_concurrent")) return RunConcurrent(step);
    if (step.size() != 2 || !step.contains("expect")) {
      return Problem("a question and its expect", step.dump());
    }
    const Json& expected = step["expect"];
    for (const auto& [key, query] : step.items()) {
      if (key == "expect") continue;
      if (key == "percentage") {
        const Json actual = ledger_.Percentage(query);
        if (!PercentageHolds(expected, actual)) {
          Problem(expected.dump(), actual.dump());
        }
        return;
      }
      Compare(expected, Ask(key, query));
    }
  }

  Json Ask(const std::string& key, const Json& query) {
    if (key == "balance") {
      Json known = query;
      if (query.contains("as_known_at") && query["as_known_at"].is_string()) {
        known["as_known_at"] = positions_.at(query["as_known_at"]);
      }
      return ledger_.Balance(known);
    }
    if (key == "shipment") return ledger_.ShipmentState(query);
    if (key == "lot") return ledger_.LotFacts(query);
    if (key == "credits") return ledger_.Credits(query);
    if (key == "certificate") return ledger_.CertificateFacts(query);
    if (key == "period") return ledger_.PeriodFacts(query);
    if (key == "trace") return ledger_.Trace(query);
    if (key == "flags") return ledger_.Flags(query);
    if (key == "cover") return ledger_.Cover(query);
    Problem("a question of the format", key);
    return nullptr;
  }

  const Json& scenario_;
  ReferenceLedger ledger_;
  std::vector<std::string> problems_;
  std::map<std::string, int64_t> positions_;
  int step_ = 0;
};

}  // namespace

std::vector<std::string> RunScenario(const Json& scenario) {
  return ScenarioRun(scenario).Run();
}

}  // namespace tally::reference
