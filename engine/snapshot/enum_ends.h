// The last enumerator of each enumeration in a snapshot: all from zero up to
// it are one. A new one comes last and takes its place here.

#ifndef TALLY_ENGINE_SNAPSHOT_ENUM_ENDS_H_
#define TALLY_ENGINE_SNAPSHOT_ENUM_ENDS_H_

#include "engine/model/claim.h"
#include "engine/model/terms.h"
#include "engine/state/accounts.h"
#include "engine/state/certificates.h"
#include "engine/state/covers.h"
#include "engine/state/credits.h"
#include "engine/state/periods.h"
#include "engine/state/posting.h"
#include "engine/state/vintages.h"

namespace tally {

constexpr AccountKind LastOf(AccountKind) { return AccountKind::kWithdrawn; }
constexpr CapUse LastOf(CapUse) { return CapUse::kDelivered; }
constexpr Category LastOf(Category) { return Category::kNeutral; }
constexpr CertificateStatus LastOf(CertificateStatus) {
  return CertificateStatus::kExpired;
}
constexpr CoverSide LastOf(CoverSide) { return CoverSide::kRetired; }
constexpr Expiry LastOf(Expiry) { return Expiry::kGap; }
constexpr Model LastOf(Model) { return Model::kBookAndClaim; }
constexpr MoveKind LastOf(MoveKind) { return MoveKind::kUse; }
constexpr PeriodState LastOf(PeriodState) {
  return PeriodState::kClosedDeficit;
}
constexpr Purpose LastOf(Purpose) { return Purpose::kMemberUse; }
constexpr Role LastOf(Role) { return Role::kAuditor; }
constexpr SerialState LastOf(SerialState) { return SerialState::kUnbundled; }
constexpr ShipmentState LastOf(ShipmentState) { return ShipmentState::kLapsed; }
constexpr SourceStatus LastOf(SourceStatus) { return SourceStatus::kRed; }

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_ENUM_ENDS_H_
