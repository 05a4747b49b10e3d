// A program outside the repository that uses the installed engine.

#include <cstdio>
#include <optional>
#include <vector>

#include "engine/model/refusal.h"
#include "engine/profile/parse_profile.h"

int main() {
  std::vector<tally::Violation> violations;
  const std::optional<tally::Profile> profile = tally::ParseProfile(
      R"({"scheme": "s", "models": {"SEGREGATED": {}}})", &violations);
  std::printf("read %d, violations %zu\n", profile.has_value(),
              violations.size());
  return profile.has_value() ? 0 : 1;
}
