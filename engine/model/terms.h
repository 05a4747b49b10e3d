// The enumerations that events and the registry share, under the field's own
// terms. All are stored and sent by number: never renumber. Zero is "not
// given".

#ifndef TALLY_ENGINE_MODEL_TERMS_H_
#define TALLY_ENGINE_MODEL_TERMS_H_

#include <cstdint>
#include <string_view>

namespace tally {

// ISO 22095 speaks of actors; a party may have several roles.
enum class Role : uint8_t {
  kUnspecified = 0,
  kOperator = 1,
  kCertificationBody = 2,
  kBrand = 3,
  kSchemeOwner = 4,
  kRegulator = 5,
  kRegistrar = 6,  // registers parties and binds principals to them
  kAuditor = 7,    // reads, as a regulator does
};

// What a mass-balance account never mixes.
enum class Category : uint8_t {
  kUnspecified = 0,  // as kRegular
  kRegular = 1,
  kWaste = 2,
  kNeutral = 3,
};

enum class AdjustReason : uint8_t {
  kUnspecified = 0,
  kLoss = 1,
  kDamage = 2,
  kUnderProduction = 3,
  kOtherScheme = 4,
  kConventionalSale = 5,
  kStockCount = 6,
};

enum class Purpose : uint8_t {
  kUnspecified = 0,
  kVoluntary = 1,
  kCompliance = 2,
  kMemberUse = 3,
};

// Of a mine or another source (ICGLR's colours), from best to worst.
enum class SourceStatus : uint8_t {
  kUnspecified = 0,
  kGreen = 1,
  kBlue = 2,
  kYellow = 3,
  kRed = 4,
};

enum class CertificateStatus : uint8_t {
  kUnspecified = 0,
  kValid = 1,
  kSuspended = 2,
  kWithdrawn = 3,
  kTerminated = 4,
  kExpired = 5,  // follows from the dates; never posted
};

enum class ShipmentState : uint8_t {
  kUnspecified = 0,
  kInTransit = 1,
  kAccepted = 2,
  kPartlyAccepted = 3,
  kRejected = 4,
  kRecalled = 5,
  kLapsed = 6,
};

// "CERTIFICATION_BODY"; "" for zero.
std::string_view Name(Role value);
std::string_view Name(Category value);
std::string_view Name(AdjustReason value);
std::string_view Name(Purpose value);
std::string_view Name(SourceStatus value);
std::string_view Name(CertificateStatus value);
std::string_view Name(ShipmentState value);

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_TERMS_H_
