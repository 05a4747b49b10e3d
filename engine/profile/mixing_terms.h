// What happens to claims and attributes when material is mixed.

#ifndef TALLY_ENGINE_PROFILE_MIXING_TERMS_H_
#define TALLY_ENGINE_PROFILE_MIXING_TERMS_H_

#include <cstdint>

namespace tally {

// Input whose origin country is ZZ.
enum class UnknownOrigin : uint8_t {
  kTaints = 1,        // no claimed output, conventional output never leaves
  kDeclassifies = 2,  // ordinary conventional material
  kRefused = 3,       // no output at all
};

// Identity-preserved input of several sources.
enum class IpMix : uint8_t {
  kRefused = 1,
  kBecomesSegregated = 2,
  kListsHolders = 3,  // stays identity preserved, every holder named
};

// Greenhouse gas values are never averaged.
enum class GhgMixing : uint8_t {
  kEqualOnly = 1,
  kEqualOrHighest = 2,
  kIgnored = 3,
};

struct MixingTerms {
  UnknownOrigin unknown_origin = UnknownOrigin::kDeclassifies;
  IpMix ip_mix = IpMix::kBecomesSegregated;
  GhgMixing ghg = GhgMixing::kEqualOrHighest;
  // Mass-balance entitlement is kept apart by country of origin.
  bool origin_match = false;
};

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_MIXING_TERMS_H_
