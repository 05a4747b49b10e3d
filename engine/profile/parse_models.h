// Reads the `models` of a profile and what belongs to them: downgrades and
// claim texts.

#ifndef TALLY_ENGINE_PROFILE_PARSE_MODELS_H_
#define TALLY_ENGINE_PROFILE_PARSE_MODELS_H_

#include <optional>
#include <string>

#include "engine/model/claim.h"
#include "engine/profile/object_reader.h"
#include "engine/profile/profile.h"

namespace tally {

// The models that a profile can list. From the strictest to the least strict,
// which is also the order of ISO 22095.
inline constexpr NamedValue<Model> kListableModels[] = {
    {"IDENTITY_PRESERVED", Model::kIdentityPreserved},
    {"SEGREGATED", Model::kSegregated},
    {"CONTROLLED_BLENDING", Model::kControlledBlending},
    {"MASS_BALANCE", Model::kMassBalance},
    {"BOOK_AND_CLAIM", Model::kBookAndClaim},
};

// nullopt, reported, where `value` names none of them.
std::optional<Model> ReadModel(const nlohmann::json& value,
                               const std::string& path,
                               ViolationList* violations);

// Of the profile's root object. Models first: the others ask what is listed.
void ParseModels(ObjectReader* root, Profile* profile);
void ParseDowngrades(ObjectReader* root, Profile* profile);
void ParseClaimTexts(ObjectReader* root, Profile* profile);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_PARSE_MODELS_H_
