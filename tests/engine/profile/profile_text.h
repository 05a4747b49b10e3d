// Profiles written in a test: read, or refused with what is wrong.

#ifndef TALLY_TESTS_ENGINE_PROFILE_PROFILE_TEXT_H_
#define TALLY_TESTS_ENGINE_PROFILE_PROFILE_TEXT_H_

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/profile/parse_profile.h"

namespace tally {

// What a mistake in a profile must say: `limit` is a part of the text.
struct Mistake {
  std::string_view json;
  std::string_view field;
  std::string_view value;
  std::string_view limit;
};

inline std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
  return out << mistake.json;
}

inline std::ostream& operator<<(std::ostream& out, const Violation& violation) {
  return out << violation.field << " | " << violation.value << " | "
             << violation.limit;
}

inline std::vector<Violation> ViolationsOf(std::string_view json) {
  std::vector<Violation> violations;
  const std::optional<Profile> profile = ParseProfile(json, &violations);
  EXPECT_EQ(profile.has_value(), violations.empty()) << json;
  return violations;
}

// A profile that must be right; a broken one is a failure and reads as empty.
inline Profile Parsed(std::string_view json) {
  std::vector<Violation> violations;
  std::optional<Profile> profile = ParseProfile(json, &violations);
  for (const Violation& violation : violations) ADD_FAILURE() << violation;
  return profile.value_or(Profile{});
}

// Expects exactly this one mistake.
inline void ExpectMistake(std::string_view json, const Mistake& mistake) {
  const std::vector<Violation> violations = ViolationsOf(json);
  ASSERT_EQ(violations.size(), 1) << json;
  EXPECT_EQ(violations[0].field, mistake.field) << json;
  EXPECT_EQ(violations[0].value, mistake.value) << json;
  EXPECT_NE(violations[0].limit.find(mistake.limit), std::string::npos)
      << violations[0].limit;
}

// A profile of one model with these terms, or with these further root keys.
inline std::string WithModel(std::string_view model, std::string_view terms) {
  return R"({"scheme": "s", "models": {")" + std::string(model) + R"(": )" +
         std::string(terms) + "}}";
}
inline std::string WithKeys(std::string_view keys) {
  return R"({"scheme": "s", "models": {"IDENTITY_PRESERVED": {},
      "SEGREGATED": {}, "MASS_BALANCE": {}}, )" +
         std::string(keys) + "}";
}

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_PROFILE_PROFILE_TEXT_H_
