#include "services/authoring/enum_name.h"

namespace tally::authoring {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

constexpr std::string_view kZero = "UNSPECIFIED";

// The zero value is PREFIX_UNSPECIFIED in every enum of the API.
std::string_view PrefixOf(const EnumDescriptor& type) {
  std::string_view zero = type.FindValueByNumber(0)->name();
  zero.remove_suffix(kZero.size());
  return zero;
}

}  // namespace

std::string EnumName(const EnumDescriptor& type, int number) {
  if (number == 0) return {};
  const EnumValueDescriptor* value = type.FindValueByNumber(number);
  if (value == nullptr) return std::to_string(number);
  return value->name().substr(PrefixOf(type).size());
}

const EnumValueDescriptor* FindEnumValue(const EnumDescriptor& type,
                                         std::string_view name) {
  const EnumValueDescriptor* value =
      type.FindValueByName(std::string(PrefixOf(type)) + std::string(name));
  if (value == nullptr || value->number() == 0) return nullptr;
  return value;
}

std::string EnumNames(const EnumDescriptor& type) {
  std::string names;
  for (int i = 0; i < type.value_count(); ++i) {
    const std::string name = EnumName(type, type.value(i)->number());
    if (name.empty()) continue;
    if (!names.empty()) names += ", ";
    names += name;
  }
  return names;
}

}  // namespace tally::authoring
