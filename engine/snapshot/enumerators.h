// Which numbers are enumerators of the state's enumerations in a snapshot. One
// that is new does not compile before it is listed here.

#ifndef TALLY_ENGINE_SNAPSHOT_ENUMERATORS_H_
#define TALLY_ENGINE_SNAPSHOT_ENUMERATORS_H_

#include "engine/model/listed_terms.h"
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

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_ENUMERATORS_H_
