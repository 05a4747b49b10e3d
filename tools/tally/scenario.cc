#include "tools/tally/scenario.h"

#include "engine/base/strings.h"
#include "services/authoring/json_text.h"
#include "tools/tally/shape.h"

namespace tally::cli {
namespace {

using authoring::Problem;
using nlohmann::json;

void ReadObjects(const json& in, std::string_view key, Shape* shape,
                 std::vector<json>* out) {
  const std::string path(key);
  if (!in.contains(key) || !shape->List(in[key], path)) return;
  for (size_t i = 0; i < in[key].size(); ++i) {
    const json& object = in[key][i];
    if (!object.is_object()) shape->Note(IndexPath(path, i), "an object");
    out->push_back(object);
  }
}

void ReadSteps(const json& in, Shape* shape, std::vector<Problem>* problems,
               std::vector<Step>* out) {
  if (!shape->Has(in, "", "steps") || !shape->List(in["steps"], "steps")) {
    return;
  }
  for (size_t i = 0; i < in["steps"].size(); ++i) {
    out->push_back(ReadStep(in["steps"][i], IndexPath("steps", i), problems));
  }
}

// What a person reads, and nothing here is decided by.
void CheckNotes(const json& in, Shape* shape) {
  if (in.contains("rule")) shape->ListOfTexts(in["rule"], "rule");
  for (const char* key : {"source", "provenance"}) {
    if (in.contains(key)) shape->Text(in[key], key);
  }
}

}  // namespace

Scenario ReadScenario(std::string_view text, std::vector<Problem>* problems) {
  Scenario scenario;
  Shape shape(problems);
  const absl::StatusOr<json> parsed = authoring::ParseJson(text);
  if (!parsed.ok()) {
    shape.Note("", std::string("JSON: ").append(MessageOf(parsed.status())));
    return scenario;
  }
  const json& in = *parsed;
  if (!shape.Keys(in, "",
                  {"scenario", "title", "rule", "source", "provenance",
                   "strict", "profiles", "setup", "steps"})) {
    return scenario;
  }
  if (shape.Has(in, "", "scenario") && shape.Text(in["scenario"], "scenario")) {
    scenario.name = in["scenario"].get<std::string>();
  }
  if (in.contains("title") && shape.Text(in["title"], "title")) {
    scenario.title = in["title"].get<std::string>();
  }
  if (in.contains("strict")) {
    if (in["strict"].is_boolean()) {
      scenario.strict = in["strict"].get<bool>();
    } else {
      shape.Note("strict", "true or false");
    }
  }
  CheckNotes(in, &shape);
  ReadObjects(in, "profiles", &shape, &scenario.profiles);
  ReadObjects(in, "setup", &shape, &scenario.setup);
  ReadSteps(in, &shape, problems, &scenario.steps);
  return scenario;
}

}  // namespace tally::cli
