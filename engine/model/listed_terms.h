// Which numbers of the model's enumerations are terms. The switches make the
// compiler ask for a new term here, too: a number that this version does not
// know must neither be stored nor be taken for something it is not.

#ifndef TALLY_ENGINE_MODEL_LISTED_TERMS_H_
#define TALLY_ENGINE_MODEL_LISTED_TERMS_H_

#include "engine/model/claim.h"
#include "engine/model/refusal.h"
#include "engine/model/terms.h"

namespace tally {

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

constexpr bool IsListed(AdjustReason value) {
  switch (value) {
    case AdjustReason::kUnspecified:
    case AdjustReason::kLoss:
    case AdjustReason::kDamage:
    case AdjustReason::kUnderProduction:
    case AdjustReason::kOtherScheme:
    case AdjustReason::kConventionalSale:
    case AdjustReason::kStockCount:
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

constexpr bool IsListed(Warning value) {
  switch (value) {
    case Warning::kUnspecified:
    case Warning::kShortInPeriod:
    case Warning::kOverdrawn:
    case Warning::kCarryCap:
    case Warning::kDeficitAtClose:
    case Warning::kUncoveredClaim:
    case Warning::kExpiring:
      return true;
  }
  return false;
}

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_LISTED_TERMS_H_
