#include "engine/model/claim.h"

#include "engine/base/check.h"

namespace tally {
namespace {

constexpr std::string_view kModelNames[kModelCount] = {
    "CONVENTIONAL",        "IDENTITY_PRESERVED", "SEGREGATED",
    "CONTROLLED_BLENDING", "MASS_BALANCE",       "BOOK_AND_CLAIM",
};

}  // namespace

std::string_view ModelName(Model model) {
  const int number = static_cast<int>(model);
  TALLY_CHECK(number < kModelCount);
  return kModelNames[number];
}

std::optional<Model> ParseModel(std::string_view name) {
  for (int number = 0; number < kModelCount; ++number) {
    if (kModelNames[number] == name) return static_cast<Model>(number);
  }
  return std::nullopt;
}

}  // namespace tally
