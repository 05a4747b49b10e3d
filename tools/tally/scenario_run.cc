#include "tools/tally/scenario_run.h"

#include <algorithm>
#include <cstdint>
#include <future>
#include <map>
#include <optional>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/tally/answers.h"
#include "tools/tally/expectation.h"
#include "tools/tally/posting.h"
#include "tools/tally/test_ledger.h"

namespace tally::cli {
namespace {

using nlohmann::json;
namespace v1 = tallystick::v1;

// Early enough that no event of a scenario comes before it.
constexpr const char* kProfilesDefinedOn = "2000-01-01";
constexpr const char* kAccepted = "ACCEPTED";

class ScenarioRun {
 public:
  ScenarioRun(const Scenario& scenario, Connection connection)
      : scenario_(scenario), connection_(std::move(connection)) {}

  ScenarioResult Run();

 private:
  void SetUp(const std::string& place, const json& event);
  void RunStep(const Step& step);
  void RunPost(const Step& step);
  void RunAtomic(const Step& step);
  void RunConcurrent(const Step& step);
  void RunQuestion(const Step& step);

  // Posts; false where the ledger did not answer.
  bool PostAll(const std::vector<json>& events, const PostingOptions& options,
               Posting* posting);
  PostingOptions OptionsOf(const Step& step) const;
  void NamePosition(const Step& step, const Posting& posting);
  void Differ(std::string expected, std::string actual);

  const Scenario& scenario_;
  const Connection connection_;
  std::string place_;  // of the step that runs
  std::map<std::string, int64_t> positions_;
  ScenarioResult result_;
};

ScenarioResult ScenarioRun::Run() {
  for (size_t i = 0; i < scenario_.profiles.size(); ++i) {
    SetUp(fmt::format("profile {}", i + 1),
          {{"occurred_at", kProfilesDefinedOn},
           {"define_scheme", {{"profile", scenario_.profiles[i]}}}});
  }
  for (size_t i = 0; i < scenario_.setup.size(); ++i) {
    SetUp(fmt::format("setup {}", i + 1), scenario_.setup[i]);
  }
  if (!result_.differences.empty()) return result_;
  for (size_t i = 0; i < scenario_.steps.size(); ++i) {
    if (!result_.status.ok()) break;
    const Step& step = scenario_.steps[i];
    place_ = fmt::format("step {} ({})", i + 1, StepName(step.kind));
    RunStep(step);
  }
  return result_;
}

void ScenarioRun::SetUp(const std::string& place, const json& event) {
  if (!result_.status.ok()) return;
  place_ = place;
  Posting posting;
  PostingOptions options;
  options.seed = fmt::format("scenario {}, {}", scenario_.name, place);
  if (!PostAll({event}, options, &posting)) return;
  if (posting.decisions[0].code != kAccepted) {
    Differ(kAccepted, posting.decisions[0].ToString());
  }
}

void ScenarioRun::RunStep(const Step& step) {
  switch (step.kind) {
    case StepKind::kPost:
      return RunPost(step);
    case StepKind::kPostAtomic:
      return RunAtomic(step);
    case StepKind::kPostConcurrent:
      return RunConcurrent(step);
    case StepKind::kBalance:
    case StepKind::kPercentage:
    case StepKind::kShipment:
    case StepKind::kLot:
    case StepKind::kCredits:
    case StepKind::kCertificate:
    case StepKind::kPeriod:
    case StepKind::kTrace:
    case StepKind::kFlags:
    case StepKind::kCover:
      return RunQuestion(step);
  }
}

void ScenarioRun::RunPost(const Step& step) {
  Posting posting;
  if (!PostAll({step.subject}, OptionsOf(step), &posting)) return;
  NamePosition(step, posting);
  const Decision& decision = posting.decisions[0];
  if (step.expect != decision.code) {
    Differ(step.expect.get<std::string>(), decision.ToString());
    return;
  }
  for (const std::string& warning : step.warnings) {
    if (std::find(decision.warnings.begin(), decision.warnings.end(),
                  warning) == decision.warnings.end()) {
      Differ(fmt::format("the warning {}", warning),
             fmt::format("[{}]", fmt::join(decision.warnings, ", ")));
    }
  }
  if (step.serials.has_value() &&
      !Holds(JoinSerials(*step.serials), JoinSerials(decision.serials))) {
    Differ(fmt::format("serials {}", step.serials->dump()),
           decision.serials.dump());
  }
}

void ScenarioRun::RunAtomic(const Step& step) {
  Posting posting;
  PostingOptions options = OptionsOf(step);
  options.mode = v1::POST_MODE_ALL_OR_NONE;
  if (!PostAll(step.subject.get<std::vector<json>>(), options, &posting)) {
    return;
  }
  NamePosition(step, posting);
  json codes = json::array();
  std::vector<std::string> said;
  for (const Decision& decision : posting.decisions) {
    codes.push_back(decision.code);
    said.push_back(decision.ToString());
  }
  if (step.expect != codes) {
    Differ(step.expect.dump(), fmt::format("[{}]", fmt::join(said, ", ")));
  }
}

void ScenarioRun::RunConcurrent(const Step& step) {
  std::vector<std::future<Posting>> running;
  for (size_t i = 0; i < step.subject.size(); ++i) {
    PostingOptions options = OptionsOf(step);
    options.seed += fmt::format(", branch {}", i + 1);
    running.push_back(std::async(std::launch::async, [=, this, &step] {
      return Post(connection_, {step.subject[i]}, options);
    }));
  }
  std::map<std::string, int> counts;
  std::vector<std::string> said;
  for (std::future<Posting>& future : running) {
    const Posting posting = future.get();
    if (!posting.status.ok()) {
      result_.status = posting.status;
      continue;
    }
    ++counts[posting.decisions[0].code];
    said.push_back(posting.decisions[0].ToString());
  }
  if (result_.status.ok() && json(counts) != step.expect) {
    Differ(step.expect.dump(), fmt::format("[{}]", fmt::join(said, ", ")));
  }
}

void ScenarioRun::RunQuestion(const Step& step) {
  json subject = step.subject;
  if (subject.is_object() && subject.contains("as_known_at") &&
      subject["as_known_at"].is_string()) {
    const auto found =
        positions_.find(subject["as_known_at"].get<std::string>());
    if (found == positions_.end()) {
      return Differ("a position named by a step before",
                    subject["as_known_at"].dump());
    }
    subject["as_known_at"] = found->second;
  }
  const Answer answer = Ask(connection_, step.kind, subject);
  if (!answer.problems.empty()) {
    return Differ("a query that can be read", answer.problems[0].ToString());
  }
  // An answer that is an error is a difference, unless nobody answered.
  if (answer.status.error_code() == grpc::StatusCode::UNAVAILABLE ||
      answer.status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    result_.status = answer.status;
    return;
  }
  if (!answer.status.ok()) {
    return Differ(step.expect.dump(), answer.status.error_message());
  }
  const bool holds = step.kind == StepKind::kPercentage
                         ? PercentageHolds(step.expect.get<std::string>(),
                                           answer.value.get<std::string>())
                         : Holds(step.expect, answer.value);
  if (!holds) Differ(step.expect.dump(), answer.value.dump());
}

bool ScenarioRun::PostAll(const std::vector<json>& events,
                          const PostingOptions& options, Posting* posting) {
  *posting = Post(connection_, events, options);
  result_.status = posting->status;
  return posting->status.ok();
}

PostingOptions ScenarioRun::OptionsOf(const Step& step) const {
  PostingOptions options;
  options.seed = fmt::format("scenario {}, {}", scenario_.name, place_);
  options.recorded_at = step.recorded_at;
  return options;
}

void ScenarioRun::NamePosition(const Step& step, const Posting& posting) {
  if (!step.position.empty()) positions_[step.position] = posting.position;
}

void ScenarioRun::Differ(std::string expected, std::string actual) {
  result_.differences.push_back({.place = place_,
                                 .expected = std::move(expected),
                                 .actual = std::move(actual)});
}

}  // namespace

ScenarioResult RunScenario(const Scenario& scenario,
                           const Connection& connection) {
  const std::string ledger = FreshLedgerName(scenario.name);
  return ScenarioRun(scenario, connection.With(
                                   TestLedgerMetadata(ledger, scenario.strict)))
      .Run();
}

}  // namespace tally::cli
