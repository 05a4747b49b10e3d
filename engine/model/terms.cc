#include "engine/model/terms.h"

#include "engine/base/check.h"

namespace tally {
namespace {

template <typename Enum, size_t count>
std::string_view At(const std::string_view (&names)[count], Enum value) {
  const auto number = static_cast<size_t>(value);
  TALLY_CHECK(number < count);
  return names[number];
}

}  // namespace

std::string_view Name(Role value) {
  static constexpr std::string_view kNames[] = {
      "",          "OPERATOR",     "CERTIFICATION_BODY",
      "BRAND",     "SCHEME_OWNER", "REGULATOR",
      "REGISTRAR", "AUDITOR"};
  return At(kNames, value);
}

std::string_view Name(Category value) {
  static constexpr std::string_view kNames[] = {"", "REGULAR", "WASTE",
                                                "NEUTRAL"};
  return At(kNames, value);
}

std::string_view Name(AdjustReason value) {
  static constexpr std::string_view kNames[] = {"",
                                                "LOSS",
                                                "DAMAGE",
                                                "UNDER_PRODUCTION",
                                                "OTHER_SCHEME",
                                                "CONVENTIONAL_SALE",
                                                "STOCK_COUNT"};
  return At(kNames, value);
}

std::string_view Name(Purpose value) {
  static constexpr std::string_view kNames[] = {"", "VOLUNTARY", "COMPLIANCE",
                                                "MEMBER_USE"};
  return At(kNames, value);
}

std::string_view Name(SourceStatus value) {
  static constexpr std::string_view kNames[] = {"", "GREEN", "BLUE", "YELLOW",
                                                "RED"};
  return At(kNames, value);
}

std::string_view Name(CertificateStatus value) {
  static constexpr std::string_view kNames[] = {
      "", "VALID", "SUSPENDED", "WITHDRAWN", "TERMINATED", "EXPIRED"};
  return At(kNames, value);
}

std::string_view Name(ShipmentState value) {
  static constexpr std::string_view kNames[] = {
      "",         "IN_TRANSIT", "ACCEPTED", "PARTLY_ACCEPTED",
      "REJECTED", "RECALLED",   "LAPSED"};
  return At(kNames, value);
}

}  // namespace tally
