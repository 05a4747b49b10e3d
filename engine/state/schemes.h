// Schemes: the versions of each profile, by the date from which they hold.

#ifndef TALLY_ENGINE_STATE_SCHEMES_H_
#define TALLY_ENGINE_STATE_SCHEMES_H_

#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/profile/profile.h"
#include "engine/state/names.h"

namespace tally {

class Schemes {
 public:
  Schemes() = default;
  Schemes(const Schemes&) = delete;
  Schemes& operator=(const Schemes&) = delete;

  int32_t size() const { return names_.size(); }
  SchemeIndex Find(std::string_view name) const { return names_.Find(name); }
  std::string_view NameOf(SchemeIndex index) const {
    return names_.NameOf(index);
  }

  // The profile in force on a date; before its first version, that one.
  const Profile& At(SchemeIndex index, Date date) const;
  // All versions, by date.
  const std::vector<std::shared_ptr<const Profile>>& Versions(
      SchemeIndex index) const {
    return versions_[static_cast<size_t>(index.value())];
  }

  // The schemes of which any version averages a percentage.
  const std::vector<SchemeIndex>& WithPercentage() const {
    return with_percentage_;
  }

  // A new scheme or a further version of one. No two versions of a scheme
  // start on the same day.
  void Add(std::shared_ptr<const Profile> profile);
  void Remove(SchemeIndex index, Date effective_from);

 private:
  friend struct SnapshotAccess;

  // Says anew whether the scheme averages a percentage.
  void NotePercentage(SchemeIndex index);

  Names<SchemeIndex> names_;
  std::vector<std::vector<std::shared_ptr<const Profile>>> versions_;
  std::vector<SchemeIndex> with_percentage_;  // by index
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_SCHEMES_H_
