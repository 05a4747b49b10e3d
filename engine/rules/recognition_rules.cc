#include "engine/rules/recognition_rules.h"

#include <algorithm>
#include <string>

#include "engine/profile/profile.h"
#include "fmt/format.h"

namespace tally {
namespace {

const Recognition* Find(const Case& c, SchemeIndex by, ClaimIndex claim,
                        ProductIndex product) {
  return c.ProfileOf(by).FindRecognition(
      c.state.schemes().NameOf(SchemeOf(claim)),
      c.state.registry().product_names.NameOf(product), ModelOf(claim), c.date);
}

// The best level among the sender's certificates that were valid when the
// shipment left.
std::string SenderLevel(const Case& c, const Profile& levels,
                        SchemeIndex scheme, const Shipment& shipment) {
  std::string best;
  for (const CertificateIndex index :
       c.state.certificates().Of(scheme, shipment.from)) {
    const Certificate& certificate = c.state.certificates().at(index);
    if (certificate.StatusAt(shipment.shipped_on) !=
        CertificateStatus::kValid) {
      continue;
    }
    const std::string& level = certificate.TermsAt(shipment.shipped_on).level;
    if (best.empty() || levels.LevelRank(level) > levels.LevelRank(best)) {
      best = level;
    }
  }
  return best;
}

// A level is a word of the scheme that awards it; where that scheme lists
// none, the recognising one orders them.
const Profile& LevelsOf(const Case& c, SchemeIndex by,
                        const Recognition& recognition, ClaimIndex claim) {
  const Profile& own = c.ProfileOf(SchemeOf(claim));
  return own.LevelRank(recognition.min_level) >= 0 ? own : c.ProfileOf(by);
}

bool MeetsLevel(const Case& c, SchemeIndex by, const Recognition& recognition,
                ClaimIndex claim, const Shipment& shipment,
                const ShipmentLine& line) {
  if (recognition.min_level.empty()) return true;
  const Profile& levels = LevelsOf(c, by, recognition, claim);
  std::string level = line.attributes.level;
  if (level.empty() && line.lot.valid()) {
    level = c.state.lots().at(line.lot).attributes.level;
  }
  if (level.empty()) {
    level = SenderLevel(c, levels, SchemeOf(claim), shipment);
  }
  return levels.LevelRank(level) >= levels.LevelRank(recognition.min_level);
}

}  // namespace

ClaimIndex Recognised(Case& c, SchemeIndex as_scheme, const Shipment& shipment,
                      const ShipmentLine& line) {
  const ClaimIndex claim = line.claim;
  if (!claim.valid() || SchemeOf(claim) == as_scheme) return claim;
  const Recognition* recognition = Find(c, as_scheme, claim, line.product);
  if (recognition != nullptr &&
      MeetsLevel(c, as_scheme, *recognition, claim, shipment, line)) {
    return ClaimOf(as_scheme, recognition->ModelOf(ModelOf(claim)));
  }
  if (!c.verdict.Concerns(Code::kNotRecognised)) return claim;
  c.verdict.Refuse(RefuseUnder(
      c, as_scheme, Code::kNotRecognised,
      fmt::format("\"{}\" does not recognise {} of \"{}\" for {} on {}",
                  c.state.schemes().NameOf(as_scheme),
                  ModelName(ModelOf(claim)),
                  c.state.schemes().NameOf(SchemeOf(claim)),
                  c.state.registry().product_names.NameOf(line.product),
                  c.date.ToString())));
  return claim;
}

ClaimIndex RecognisedAs(const Case& c, SchemeIndex scheme,
                        const Recognisable& material) {
  const Recognition* recognition =
      Find(c, scheme, material.claim, material.product);
  if (recognition == nullptr) return ClaimIndex();
  if (!recognition->min_level.empty()) {
    const Profile& levels = LevelsOf(c, scheme, *recognition, material.claim);
    const std::string level =
        material.lot.valid() ? c.state.lots().at(material.lot).attributes.level
                             : "";
    if (levels.LevelRank(level) < levels.LevelRank(recognition->min_level)) {
      return ClaimIndex();
    }
  }
  return ClaimOf(scheme, recognition->ModelOf(ModelOf(material.claim)));
}

}  // namespace tally
