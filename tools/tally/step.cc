#include "tools/tally/step.h"

#include <array>

#include "engine/base/check.h"
#include "engine/base/date.h"
#include "tools/tally/shape.h"

namespace tally::cli {
namespace {

using authoring::Problem;
using nlohmann::json;

using Keys = std::vector<std::string_view>;

// What a step may expect: text, a list of texts, or an object of these keys.
enum class Expectation : uint8_t { kText, kList, kObject };

struct StepForm {
  StepKind kind;
  std::string_view name;
  Keys query_keys;  // none: the subject is an id, or events
  Expectation expectation;
  Keys expect_keys;
};

const std::vector<StepForm>& Forms() {
  static const std::vector<StepForm> forms = {
      {StepKind::kPost, "post", {}, Expectation::kText, {}},
      {StepKind::kPostAtomic, "post_atomic", {}, Expectation::kList, {}},
      {StepKind::kPostConcurrent,
       "post_concurrent",
       {},
       Expectation::kObject,
       {}},
      {StepKind::kBalance,
       "balance",
       {"site", "product", "scheme", "model", "lot", "as_at", "as_known_at"},
       Expectation::kText,
       {}},
      {StepKind::kPercentage,
       "percentage",
       {"site", "product", "scheme", "as_at"},
       Expectation::kText,
       {}},
      {StepKind::kShipment, "shipment", {}, Expectation::kText, {}},
      {StepKind::kLot,
       "lot",
       {},
       Expectation::kObject,
       {"product", "quantity", "claims", "parents", "tags", "attributes",
        "claims_share", "flags"}},
      {StepKind::kCredits,
       "credits",
       {"party", "scheme", "product", "state", "as_at"},
       Expectation::kText,
       {}},
      {StepKind::kCertificate,
       "certificate",
       {},
       Expectation::kObject,
       {"status", "remaining"}},
      {StepKind::kPeriod,
       "period",
       {"site", "product", "scheme", "from"},
       Expectation::kObject,
       {"state", "from", "to", "opening", "closing", "expired"}},
      {StepKind::kTrace,
       "trace",
       {"lot", "direction"},
       Expectation::kObject,
       {"sources", "lots"}},
      {StepKind::kFlags, "flags", {"lot", "block"}, Expectation::kList, {}},
      {StepKind::kCover,
       "cover",
       {"party", "scheme", "product", "claim_period"},
       Expectation::kObject,
       {"claimed", "retired", "uncovered"}},
  };
  return forms;
}

const StepForm& FormOf(StepKind kind) {
  const StepForm& form = Forms()[static_cast<size_t>(kind)];
  TALLY_CHECK(form.kind == kind);
  return form;
}

bool IsPost(StepKind kind) {
  return kind == StepKind::kPost || kind == StepKind::kPostAtomic ||
         kind == StepKind::kPostConcurrent;
}

// What follows a key, by its name: which form the step has.
const StepForm* FindForm(const json& in) {
  for (const StepForm& form : Forms()) {
    if (in.contains(form.name)) return &form;
  }
  return nullptr;
}

Keys StepKeys(StepKind kind) {
  Keys keys = {FormOf(kind).name, "expect"};
  if (kind == StepKind::kPost || kind == StepKind::kPostAtomic) {
    keys.insert(keys.end(), {"position", "recorded_at"});
  }
  if (kind == StepKind::kPost) keys.insert(keys.end(), {"warnings", "serials"});
  if (kind == StepKind::kPostConcurrent) keys.push_back("recorded_at");
  return keys;
}

void CheckSubject(const StepForm& form, const json& subject,
                  const std::string& path, Shape* shape) {
  if (form.kind == StepKind::kPost) {
    if (!subject.is_object()) shape->Note(path, "an event");
    return;
  }
  if (IsPost(form.kind)) {
    if (shape->List(subject, path) && subject.empty()) {
      shape->Note(path, "a list of at least one event");
    }
    return;
  }
  if (form.query_keys.empty()) {
    shape->Text(subject, path);
    return;
  }
  shape->Keys(subject, path, form.query_keys);
}

// Counts of outcomes: {"ACCEPTED": 1, "INSUFFICIENT": 1}.
void CheckCounts(const json& expect, const std::string& path, Shape* shape) {
  if (!expect.is_object()) {
    shape->Note(path, "an object of counts by outcome");
    return;
  }
  for (const auto& [code, count] : expect.items()) {
    if (!count.is_number_unsigned()) {
      shape->Note(KeyPath(path, code), "a count");
    }
  }
}

void CheckExpect(const StepForm& form, const json& step,
                 const std::string& path, Shape* shape) {
  const json& expect = step["expect"];
  const std::string at = KeyPath(path, "expect");
  if (form.kind == StepKind::kPostConcurrent) {
    CheckCounts(expect, at, shape);
    return;
  }
  switch (form.expectation) {
    case Expectation::kText:
      shape->Text(expect, at);
      break;
    case Expectation::kList:
      if (shape->ListOfTexts(expect, at) &&
          form.kind == StepKind::kPostAtomic && step[form.name].is_array() &&
          step[form.name].size() != expect.size()) {
        shape->Note(at, "one outcome for each event");
      }
      break;
    case Expectation::kObject:
      shape->Keys(expect, at, form.expect_keys);
      break;
  }
}

void ReadExtras(const json& in, const std::string& path, Shape* shape,
                Step* step) {
  if (in.contains("warnings")) {
    const std::string at = KeyPath(path, "warnings");
    if (shape->ListOfTexts(in["warnings"], at)) {
      step->warnings = in["warnings"].get<std::vector<std::string>>();
    }
  }
  if (in.contains("serials")) {
    const std::string at = KeyPath(path, "serials");
    if (shape->List(in["serials"], at)) step->serials = in["serials"];
  }
  if (in.contains("position")) {
    if (shape->Text(in["position"], KeyPath(path, "position"))) {
      step->position = in["position"].get<std::string>();
    }
  }
  if (in.contains("recorded_at")) {
    const std::string at = KeyPath(path, "recorded_at");
    if (!shape->Text(in["recorded_at"], at)) return;
    step->recorded_at = in["recorded_at"].get<std::string>();
    if (!ParseInstant(*step->recorded_at).has_value()) {
      shape->Note(at, "a date or an RFC 3339 time");
    }
  }
}

}  // namespace

std::string_view StepName(StepKind kind) { return FormOf(kind).name; }

Step ReadStep(const json& in, const std::string& path,
              std::vector<Problem>* problems) {
  Step step;
  Shape shape(problems);
  const StepForm* form = in.is_object() ? FindForm(in) : nullptr;
  if (form == nullptr) {
    std::string names;
    for (const StepForm& known : Forms()) {
      if (!names.empty()) names += ", ";
      names += known.name;
    }
    shape.Note(path, "an object with one of the keys " + names);
    return step;
  }
  step.kind = form->kind;
  shape.Keys(in, path, StepKeys(form->kind));
  CheckSubject(*form, in[form->name], KeyPath(path, form->name), &shape);
  if (shape.Has(in, path, "expect")) {
    CheckExpect(*form, in, path, &shape);
    step.expect = in["expect"];
  }
  step.subject = in[form->name];
  if (IsPost(form->kind)) ReadExtras(in, path, &shape, &step);
  return step;
}

}  // namespace tally::cli
