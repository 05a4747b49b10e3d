// The custody models of ISO 22095 and the claim: a scheme and a model.

#ifndef TALLY_ENGINE_MODEL_CLAIM_H_
#define TALLY_ENGINE_MODEL_CLAIM_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace tally {

// Stored and sent by number; never renumber.
enum class Model : uint8_t {
  kConventional = 0,  // no claim
  kIdentityPreserved = 1,
  kSegregated = 2,
  kControlledBlending = 3,
  kMassBalance = 4,
  kBookAndClaim = 5,
};
inline constexpr int kModelCount = 6;

// "MASS_BALANCE"; "CONVENTIONAL" where there is no claim.
std::string_view ModelName(Model model);
std::optional<Model> ParseModel(std::string_view name);

// Physical certified stock, as opposed to administrative entitlement.
constexpr bool IsPhysical(Model model) {
  return model == Model::kIdentityPreserved || model == Model::kSegregated ||
         model == Model::kControlledBlending;
}

// A claim as an event names it. Without scheme: conventional material.
struct ClaimName {
  std::string_view scheme;
  Model model = Model::kConventional;

  bool IsConventional() const { return scheme.empty(); }

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "scheme", self.scheme);
    visit(2, "model", self.model);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_CLAIM_H_
