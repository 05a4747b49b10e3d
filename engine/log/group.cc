#include "engine/log/group.h"

#include "engine/base/check.h"
#include "engine/log/record_codec.h"

namespace tally {

void Group::Clear(Position first) {
  TALLY_CHECK(first >= 0);
  first_ = first;
  bytes_.clear();
  ends_.clear();
  times_.clear();
}

void Group::Add(Instant recorded_at, std::string_view event,
                const Decision& decision, std::string_view salt,
                const Poster& poster) {
  EncodeRecord({.position = end(),
                .recorded_at = recorded_at,
                .event = event,
                .decision = &decision,
                .salt = salt,
                .poster = poster},
               &bytes_);
  ends_.push_back(bytes_.size());
  times_.push_back(recorded_at);
}

void Group::AddStored(Instant recorded_at, std::string_view record) {
  bytes_ += record;
  ends_.push_back(bytes_.size());
  times_.push_back(recorded_at);
}

void Group::Truncate(int64_t count) {
  TALLY_CHECK(count >= 0);
  TALLY_CHECK(count <= this->count());
  ends_.resize(static_cast<size_t>(count));
  times_.resize(static_cast<size_t>(count));
  bytes_.resize(ends_.empty() ? 0 : ends_.back());
}

std::string_view Group::record(int64_t i) const {
  TALLY_CHECK(i >= 0);
  TALLY_CHECK(i < count());
  const auto at = static_cast<size_t>(i);
  const size_t begin = at == 0 ? 0 : ends_[at - 1];
  return std::string_view(bytes_).substr(begin, ends_[at] - begin);
}

Instant Group::recorded_at(int64_t i) const {
  TALLY_CHECK(i >= 0);
  TALLY_CHECK(i < count());
  return times_[static_cast<size_t>(i)];
}

}  // namespace tally
