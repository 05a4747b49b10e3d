#include "engine/profile/parse_recognitions.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/profile/parse_models.h"
#include "fmt/format.h"

namespace tally {
namespace {

using nlohmann::json;

// ["*"] is every product, which an empty list stands for from here on.
void ReadProducts(ObjectReader* reader, std::vector<std::string>* products) {
  const json* child = reader->Child("products");
  if (child == nullptr || *child == json::array({"*"})) return;
  reader->ReadList("products", ListOf::kIds, products);
}

void ReadModels(ObjectReader* reader, std::vector<Model>* models) {
  reader->Require("models");
  const std::span<const json> elements = reader->Elements("models");
  for (size_t i = 0; i < elements.size(); ++i) {
    const std::string path = IndexPath(reader->PathOf("models"), i);
    const std::optional<Model> model =
        ReadModel(elements[i], path, reader->violations());
    if (!model) continue;
    if (std::ranges::find(*models, *model) != models->end()) {
      reader->violations()->Add(path, elements[i],
                                "a model that the list does not have twice");
      continue;
    }
    models->push_back(*model);
  }
  if (reader->IsEmptyList("models")) {
    reader->Refuse("models", "at least one model");
  }
}

// Recognition is no way around the order of the models, and brings material
// in under a model that the scheme has.
void CheckModel(const Recognition& recognition, const Profile& profile,
                ObjectReader* reader) {
  for (const Model model : recognition.models) {
    const Model as_model = recognition.ModelOf(model);
    const std::string_view key = recognition.as_model ? "as_model" : "models";
    if (!profile.Lists(as_model)) {
      return reader->Refuse(
          key, fmt::format("a model that this profile lists in \"models\", "
                           "which {} is not",
                           ModelName(as_model)));
    }
    if (as_model < model) {
      return reader->Refuse(key, fmt::format("a model that is not stricter "
                                             "than {}",
                                             ModelName(model)));
    }
    if ((as_model == Model::kBookAndClaim) != (model == Model::kBookAndClaim)) {
      return reader->Refuse(key, "BOOK_AND_CLAIM only for BOOK_AND_CLAIM");
    }
  }
}

Recognition ParseRecognition(const json& value, std::string path,
                             const Profile& profile,
                             ViolationList* violations) {
  ObjectReader reader(value, std::move(path), violations);
  Recognition recognition;
  reader.Require("scheme");
  reader.ReadId("scheme", &recognition.scheme);
  if (!recognition.scheme.empty() && recognition.scheme == profile.scheme) {
    reader.Refuse("scheme", "another scheme than this one");
  }
  ReadProducts(&reader, &recognition.products);
  ReadModels(&reader, &recognition.models);
  if (reader.ChildUnlessNull("min_level") != nullptr) {
    reader.ReadId("min_level", &recognition.min_level);
  }
  if (const json* as_model = reader.ChildUnlessNull("as_model")) {
    recognition.as_model =
        ReadModel(*as_model, reader.PathOf("as_model"), violations);
  }
  reader.ReadDates(&recognition.dates);
  CheckModel(recognition, profile, &reader);
  reader.Finish();
  return recognition;
}

}  // namespace

void ParseRecognitions(ObjectReader* root, Profile* profile) {
  const std::span<const json> elements = root->Elements("recognises");
  for (size_t i = 0; i < elements.size(); ++i) {
    profile->recognises.push_back(ParseRecognition(
        elements[i], IndexPath("recognises", i), *profile, root->violations()));
  }
}

}  // namespace tally
