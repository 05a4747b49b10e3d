#include "tools/tally/command.h"

namespace tally::cli {

bool Arguments::Has(std::string_view name) const {
  return values_.find(name) != values_.end();
}

std::string Arguments::Get(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? "" : found->second.back();
}

std::vector<std::string> Arguments::All(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace tally::cli
