#include "tests/reference/recognition.h"

namespace tally::reference {

std::optional<Claim> Recognise(const World& world, const Profile& profile,
                               const Claim& claim, const std::string& product,
                               const std::string& level, Date date) {
  const auto scheme = world.schemes.find(claim.scheme);
  for (const Recognition& recognition : profile.recognises) {
    if (recognition.scheme != claim.scheme) continue;
    if (!recognition.models.contains(claim.model)) continue;
    if (!recognition.products.contains("*") &&
        !recognition.products.contains(product)) {
      continue;
    }
    if (date < recognition.from || date > recognition.to) continue;
    if (!recognition.min_level.empty()) {
      // Levels are those of the recognised scheme; where it lists none, of
      // the one that recognises.
      const Profile& own =
          scheme != world.schemes.end() && !scheme->second.levels.empty()
              ? scheme->second
              : profile;
      const int least = own.LevelRank(recognition.min_level);
      if (least < 0 || own.LevelRank(level) < least) continue;
    }
    return Claim{profile.scheme, recognition.as_model.empty()
                                     ? claim.model
                                     : recognition.as_model};
  }
  return std::nullopt;
}

bool CanDowngrade(const Profile& profile, const std::string& from,
                  const std::string& to) {
  if (to == kConventional) return true;
  if (to == kBookAndClaim || from == to) return false;
  return profile.Reaches(from, to);
}

}  // namespace tally::reference
