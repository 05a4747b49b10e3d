#include "tools/tally/options.h"

#include <algorithm>
#include <utility>

#include "services/authoring/enum_name.h"
#include "tallystick/v1/event_kind.pb.h"

namespace tally::cli {

Option IdOption(std::string name, std::string help) {
  std::string value = name;
  std::transform(value.begin(), value.end(), value.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return {.name = std::move(name),
          .value = std::move(value),
          .help = std::move(help),
          .is_positional = true,
          .is_required = true};
}

Option ValueOption(std::string name, std::string value, std::string help) {
  return {.name = std::move(name),
          .value = std::move(value),
          .help = std::move(help)};
}

Option DateOption(std::string name, std::string help) {
  return ValueOption(std::move(name), "DATE", std::move(help));
}

Option ChoiceOption(std::string name, std::string help,
                    std::vector<std::string> choices) {
  return {.name = std::move(name),
          .value = "NAME",
          .help = std::move(help),
          .choices = std::move(choices)};
}

std::vector<Option> AccountOptions() {
  return {
      ValueOption("site", "SITE", "of this site, or the scope it is in"),
      ValueOption("product", "PRODUCT", "of this product"),
      ValueOption("scheme", "SCHEME", "under this scheme"),
      ChoiceOption("model", "under this model",
                   {"IDENTITY_PRESERVED", "SEGREGATED", "CONTROLLED_BLENDING",
                    "MASS_BALANCE", "BOOK_AND_CLAIM", "CONVENTIONAL"}),
      ValueOption("lot", "LOT", "of this lot")};
}

Option KindsOption() {
  std::vector<std::string> names;
  const auto& kinds = *tallystick::v1::EventKind_descriptor();
  for (int i = 0; i < kinds.value_count(); ++i) {
    const std::string name =
        authoring::EnumName(kinds, kinds.value(i)->number());
    if (!name.empty()) names.push_back(name);
  }
  Option option =
      ChoiceOption("kinds", "only this kind, such as SHIP; may be given again",
                   std::move(names));
  option.is_repeated = true;
  return option;
}

}  // namespace tally::cli
