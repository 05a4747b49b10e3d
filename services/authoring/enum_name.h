// The names of enum values as people write them: without the prefix that the
// API gives them. MODEL_MASS_BALANCE is MASS_BALANCE, and UNSPECIFIED is no
// name at all.

#ifndef TALLY_SERVICES_AUTHORING_ENUM_NAME_H_
#define TALLY_SERVICES_AUTHORING_ENUM_NAME_H_

#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace tally::authoring {

// "MASS_BALANCE"; "" for the zero value, the number for an unknown one.
std::string EnumName(const google::protobuf::EnumDescriptor& type, int number);

// nullptr where there is no value of that name.
const google::protobuf::EnumValueDescriptor* FindEnumValue(
    const google::protobuf::EnumDescriptor& type, std::string_view name);

// All names, for a message: "VALID, SUSPENDED, …".
std::string EnumNames(const google::protobuf::EnumDescriptor& type);

}  // namespace tally::authoring

#endif  // TALLY_SERVICES_AUTHORING_ENUM_NAME_H_
