#include "tests/reference/world.h"

#include <algorithm>

namespace tally::reference {

namespace {

template <typename List>
auto Find(List& list, const std::string& id) -> decltype(&list.front()) {
  const auto found =
      std::find_if(list.begin(), list.end(),
                   [&id](const auto& element) { return element.id == id; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const Product& World::ProductOf(const std::string& id) const {
  return products.at(id);
}

const Certificate* World::FindCertificate(const std::string& id) const {
  return Find(certificates, id);
}

Certificate* World::FindCertificate(const std::string& id) {
  return Find(certificates, id);
}

const Block* World::FindBlock(const std::string& id) const {
  return Find(blocks, id);
}

Block* World::FindBlock(const std::string& id) { return Find(blocks, id); }

const EventRecord* World::FindEvent(const std::string& id) const {
  if (id.empty()) return nullptr;
  return Find(events, id);
}

}  // namespace tally::reference
