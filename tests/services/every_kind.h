// The events of every_kind.json: each kind and each field at least once.

#ifndef TALLY_TESTS_SERVICES_EVERY_KIND_H_
#define TALLY_TESTS_SERVICES_EVERY_KIND_H_

#include <cstdlib>
#include <fstream>
#include <string>

#include "nlohmann/json.hpp"

namespace tally {

inline nlohmann::json EveryKind() {
  const char* root = std::getenv("TALLY_SOURCE_DIR");
  std::ifstream file(std::string(root == nullptr ? "." : root) +
                     "/tests/services/every_kind.json");
  return nlohmann::json::parse(file);
}

}  // namespace tally

#endif  // TALLY_TESTS_SERVICES_EVERY_KIND_H_
