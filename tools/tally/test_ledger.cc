#include "tools/tally/test_ledger.h"

#include <random>

#include "engine/model/ids.h"
#include "fmt/format.h"

namespace tally::cli {
namespace {

constexpr size_t kNameBytesMax = 40;

}  // namespace

std::string FreshLedgerName(std::string_view scenario) {
  scenario = scenario.substr(0, kNameBytesMax);
  if (!IsId(scenario)) scenario = "scenario";
  std::random_device random;
  return fmt::format("{}-{:08x}{:08x}", scenario, random(), random());
}

std::map<std::string, std::string> TestLedgerMetadata(const std::string& name,
                                                      bool strict) {
  std::map<std::string, std::string> metadata = {{"tally-test-ledger", name}};
  if (strict) metadata["tally-test-strict"] = "true";
  return metadata;
}

}  // namespace tally::cli
