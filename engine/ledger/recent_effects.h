// What the latest events did, those that are not durable yet included: the
// part of the table of effects that the thread which decides keeps to itself
// until the table has it.

#ifndef TALLY_ENGINE_LEDGER_RECENT_EFFECTS_H_
#define TALLY_ENGINE_LEDGER_RECENT_EFFECTS_H_

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/model/indices.h"

namespace tally {

// Used by one thread.
class RecentEffects {
 public:
  Position end() const { return first_ + static_cast<Position>(ends_.size()); }
  // Of `position`, which is among them. Valid until the next change.
  std::string_view Find(Position position) const {
    TALLY_CHECK(first_ <= position);
    TALLY_CHECK(position < end());
    const auto place = static_cast<size_t>(position - first_);
    const size_t begin = place == 0 ? dropped_ : ends_[place - 1];
    return std::string_view(bytes_).substr(begin, ends_[place] - begin);
  }

  // Positions follow each other.
  void Add(Position position, std::string_view bytes) {
    if (ends_.empty()) first_ = position;
    TALLY_CHECK(position == end());
    bytes_.append(bytes);
    ends_.push_back(bytes_.size());
  }
  // Takes back those at `position` and after.
  void TruncateFrom(Position position) {
    while (!ends_.empty() && end() > position) ends_.pop_back();
    bytes_.resize(ends_.empty() ? dropped_ : ends_.back());
  }
  // Drops those below `position`.
  void DropBelow(Position position) {
    while (!ends_.empty() && first_ < position) {
      dropped_ = ends_.front();
      ends_.pop_front();
      ++first_;
    }
    // What is dropped goes once it is half of it all.
    if (dropped_ == 0 || dropped_ < bytes_.size() - dropped_) return;
    bytes_.erase(0, dropped_);
    for (size_t& end : ends_) end -= dropped_;
    dropped_ = 0;
  }

 private:
  Position first_ = 0;
  std::deque<size_t> ends_;  // where each ends in bytes_
  std::string bytes_;
  size_t dropped_ = 0;  // bytes at the front that nobody needs
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_RECENT_EFFECTS_H_
