#include "engine/profile/parse_models.h"

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "engine/model/limits.h"
#include "engine/profile/parse_book_and_claim.h"
#include "engine/profile/parse_mass_balance.h"
#include "fmt/format.h"

namespace tally {
namespace {

using nlohmann::json;

constexpr NamedValue<LotUse> kLotUses[] = {
    {"OPTIONAL", LotUse::kOptional},
    {"REQUIRED", LotUse::kRequired},
};

void ParseSegregated(ObjectReader* reader, SegregatedTerms* terms) {
  reader->ReadEnum("lots", kLotUses, &terms->lots);
}

void ParseControlledBlending(ObjectReader* reader,
                             ControlledBlendingTerms* terms) {
  reader->ReadPercent("min_share_pct", &terms->min_share_pct);
}

void ParseTerms(Model model, ObjectReader* reader, Profile* profile) {
  switch (model) {
    case Model::kConventional:
    case Model::kIdentityPreserved:
      return;
    case Model::kSegregated:
      return ParseSegregated(reader, &profile->segregated);
    case Model::kControlledBlending:
      return ParseControlledBlending(reader, &profile->controlled_blending);
    case Model::kMassBalance:
      return ParseMassBalance(reader, &profile->mass_balance);
    case Model::kBookAndClaim:
      return ParseBookAndClaim(reader, &profile->book_and_claim);
  }
}

void SetReaches(Model from, Model to, Profile* profile) {
  profile->reaches[static_cast<size_t>(from)][static_cast<size_t>(to)] = true;
}

std::optional<Model> ReadListedModel(const json& value, const std::string& path,
                                     const Profile& profile,
                                     ViolationList* violations) {
  const std::optional<Model> model = ReadModel(value, path, violations);
  if (!model || profile.Lists(*model)) return model;
  violations->Add(path, value, "a model that the profile lists in \"models\"");
  return std::nullopt;
}

// The pair [from, to] at `path`; nullopt, reported, where it is none.
std::optional<std::pair<Model, Model>> ReadDowngrade(
    const json& element, const std::string& path, const Profile& profile,
    ViolationList* violations) {
  if (!element.is_array() || element.size() != 2) {
    violations->Add(path, element, "a pair: [from, to]");
    return std::nullopt;
  }
  const std::optional<Model> from =
      ReadListedModel(element[0], IndexPath(path, 0), profile, violations);
  const std::optional<Model> to =
      ReadListedModel(element[1], IndexPath(path, 1), profile, violations);
  if (!from || !to) return std::nullopt;
  if (*from == Model::kBookAndClaim || *to == Model::kBookAndClaim) {
    violations->Add(path, element,
                    "no BOOK_AND_CLAIM: credits come out of booking alone");
    return std::nullopt;
  }
  // Every cycle holds a pair that leads back to a stricter model, so that
  // refusing those refuses cycles, too.
  if (*to <= *from) {
    violations->Add(path, element,
                    fmt::format("a pair from a stricter model to a less "
                                "strict one, in the order {}; this one makes "
                                "an upgrade or a cycle",
                                NamesOf(kListableModels)));
    return std::nullopt;
  }
  return std::pair(*from, *to);
}

// Identity preserved, segregated, mass balance: each of them that is listed
// leads to the next that is.
void SetDefaultDowngrades(Profile* profile) {
  Model previous = Model::kConventional;
  for (const Model model :
       {Model::kIdentityPreserved, Model::kSegregated, Model::kMassBalance}) {
    if (!profile->Lists(model)) continue;
    if (previous != Model::kConventional) {
      SetReaches(previous, model, profile);
    }
    previous = model;
  }
}

// A pair leads from a smaller number to a larger one, so that one pass over
// the middle models in their order closes the relation.
void CloseDowngrades(Profile* profile) {
  auto& reaches = profile->reaches;
  for (size_t from = 0; from < kModelCount; ++from) {
    reaches[from][from] = true;
    reaches[from][static_cast<size_t>(Model::kConventional)] = true;
  }
  for (size_t middle = 1; middle < kModelCount; ++middle) {
    for (size_t from = 1; from < middle; ++from) {
      if (!reaches[from][middle]) continue;
      for (size_t to = middle + 1; to < kModelCount; ++to) {
        if (reaches[middle][to]) reaches[from][to] = true;
      }
    }
  }
}

}  // namespace

std::optional<Model> ReadModel(const json& value, const std::string& path,
                               ViolationList* violations) {
  const auto* name = value.get_ptr<const std::string*>();
  const std::optional<Model> model =
      name == nullptr ? std::nullopt : FindName(kListableModels, *name);
  if (!model) {
    violations->Add(path, value, "one of " + NamesOf(kListableModels));
  }
  return model;
}

void ParseModels(ObjectReader* root, Profile* profile) {
  root->Require("models");
  const json* child = root->Child("models");
  if (child == nullptr) return;
  ObjectReader models(*child, "models", root->violations());
  for (const NamedValue<Model>& entry : kListableModels) {
    const json* terms = models.Child(entry.name);
    if (terms == nullptr) continue;
    profile->lists_model[static_cast<size_t>(entry.value)] = true;
    ObjectReader reader(*terms, models.PathOf(entry.name), root->violations());
    ParseTerms(entry.value, &reader, profile);
    reader.Finish();
  }
  models.Finish();
  if (child->is_object() && child->empty()) {
    root->Refuse("models", "at least one of " + NamesOf(kListableModels));
  }
}

void ParseDowngrades(ObjectReader* root, Profile* profile) {
  if (root->Has("downgrades")) {
    const std::span<const json> elements = root->Elements("downgrades");
    for (size_t i = 0; i < elements.size(); ++i) {
      const auto pair = ReadDowngrade(elements[i], IndexPath("downgrades", i),
                                      *profile, root->violations());
      if (pair) SetReaches(pair->first, pair->second, profile);
    }
  } else {
    SetDefaultDowngrades(profile);
  }
  CloseDowngrades(profile);
}

void ParseClaimTexts(ObjectReader* root, Profile* profile) {
  const json* child = root->Child("claim_texts");
  if (child == nullptr) return;
  ObjectReader texts(*child, "claim_texts", root->violations());
  for (const NamedValue<Model>& entry : kListableModels) {
    texts.ReadText(entry.name, kTextBytesMax,
                   &profile->claim_texts[static_cast<size_t>(entry.value)]);
    if (texts.Has(entry.name) && !profile->Lists(entry.value)) {
      texts.Refuse(entry.name, "a model that the profile lists in \"models\"");
    }
  }
  texts.Finish();
}

}  // namespace tally
