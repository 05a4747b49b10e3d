// Which numbers are enumerators of the enumerations in a snapshot. One that is
// new does not compile before it is listed here.

#ifndef TALLY_ENGINE_SNAPSHOT_ENUMERATORS_H_
#define TALLY_ENGINE_SNAPSHOT_ENUMERATORS_H_

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

constexpr bool IsListed(AccountKind value) {
  switch (value) {
    case AccountKind::kHolding:
    case AccountKind::kCredits:
    case AccountKind::kRetired:
    case AccountKind::kWithdrawn:
      return true;
  }
  return false;
}
constexpr bool IsListed(CapUse value) {
  switch (value) {
    case CapUse::kOriginated:
    case CapUse::kDelivered:
      return true;
  }
  return false;
}
constexpr bool IsListed(Category value) {
  switch (value) {
    case Category::kUnspecified:
    case Category::kRegular:
    case Category::kWaste:
    case Category::kNeutral:
      return true;
  }
  return false;
}
constexpr bool IsListed(CertificateStatus value) {
  switch (value) {
    case CertificateStatus::kUnspecified:
    case CertificateStatus::kValid:
    case CertificateStatus::kSuspended:
    case CertificateStatus::kWithdrawn:
    case CertificateStatus::kTerminated:
    case CertificateStatus::kExpired:
      return true;
  }
  return false;
}
constexpr bool IsListed(CoverSide value) {
  switch (value) {
    case CoverSide::kClaimed:
    case CoverSide::kRetired:
      return true;
  }
  return false;
}
constexpr bool IsListed(Expiry value) {
  switch (value) {
    case Expiry::kNone:
    case Expiry::kTime:
    case Expiry::kGap:
      return true;
  }
  return false;
}
constexpr bool IsListed(Model value) {
  switch (value) {
    case Model::kConventional:
    case Model::kIdentityPreserved:
    case Model::kSegregated:
    case Model::kControlledBlending:
    case Model::kMassBalance:
    case Model::kBookAndClaim:
      return true;
  }
  return false;
}
constexpr bool IsListed(MoveKind value) {
  switch (value) {
    case MoveKind::kEntry:
    case MoveKind::kReturn:
    case MoveKind::kUse:
      return true;
  }
  return false;
}
constexpr bool IsListed(PeriodState value) {
  switch (value) {
    case PeriodState::kUnspecified:
    case PeriodState::kOpen:
    case PeriodState::kClosed:
    case PeriodState::kClosedDeficit:
      return true;
  }
  return false;
}
constexpr bool IsListed(Purpose value) {
  switch (value) {
    case Purpose::kUnspecified:
    case Purpose::kVoluntary:
    case Purpose::kCompliance:
    case Purpose::kMemberUse:
      return true;
  }
  return false;
}
constexpr bool IsListed(Role value) {
  switch (value) {
    case Role::kUnspecified:
    case Role::kOperator:
    case Role::kCertificationBody:
    case Role::kBrand:
    case Role::kSchemeOwner:
    case Role::kRegulator:
    case Role::kRegistrar:
    case Role::kAuditor:
      return true;
  }
  return false;
}
constexpr bool IsListed(SerialState value) {
  switch (value) {
    case SerialState::kIssued:
    case SerialState::kRetired:
    case SerialState::kWithdrawn:
    case SerialState::kUnbundled:
      return true;
  }
  return false;
}
constexpr bool IsListed(ShipmentState value) {
  switch (value) {
    case ShipmentState::kUnspecified:
    case ShipmentState::kInTransit:
    case ShipmentState::kAccepted:
    case ShipmentState::kPartlyAccepted:
    case ShipmentState::kRejected:
    case ShipmentState::kRecalled:
    case ShipmentState::kLapsed:
      return true;
  }
  return false;
}
constexpr bool IsListed(SourceStatus value) {
  switch (value) {
    case SourceStatus::kUnspecified:
    case SourceStatus::kGreen:
    case SourceStatus::kBlue:
    case SourceStatus::kYellow:
    case SourceStatus::kRed:
      return true;
  }
  return false;
}

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_ENUMERATORS_H_
