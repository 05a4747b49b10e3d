// Names of one sort of thing and their dense indices, in order of arrival.
//
//   Names<SiteIndex> sites;
//   SiteIndex mill = sites.Add("mill-1");
//   sites.Find("mill-1") == mill;
//
// Not thread-safe. Names live as long as the table.

#ifndef TALLY_ENGINE_STATE_NAMES_H_
#define TALLY_ENGINE_STATE_NAMES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/check.h"
#include "engine/base/strings.h"
#include "engine/base/text_stack.h"

namespace tally {

template <typename Index>
class Names {
 public:
  Names() = default;
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  int32_t size() const { return static_cast<int32_t>(names_.size()); }

  // Not valid() where the name is unknown.
  Index Find(std::string_view name) const {
    const auto found = indices_.find(ToAbsl(name));
    return found == indices_.end() ? Index() : found->second;
  }

  // The name must be new.
  Index Add(std::string_view name) {
    const Index index(size());
    names_.push_back(texts_.Push(name));
    const bool added = indices_.emplace(ToAbsl(names_.back()), index).second;
    TALLY_CHECK(added);
    return index;
  }

  Index FindOrAdd(std::string_view name) {
    const Index found = Find(name);
    return found.valid() ? found : Add(name);
  }

  void RemoveLast() {
    TALLY_CHECK(!names_.empty());
    indices_.erase(ToAbsl(names_.back()));
    texts_.Pop(names_.back());
    names_.pop_back();
  }

  std::string_view NameOf(Index index) const {
    return names_[static_cast<size_t>(index.value())];
  }

 private:
  friend struct SnapshotAccess;

  TextStack texts_;  // where all names are
  std::vector<std::string_view> names_;
  absl::flat_hash_map<absl::string_view, Index> indices_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_NAMES_H_
