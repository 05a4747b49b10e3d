// Mines and other sources, and their colours over time.
//
// Nothing is edited: every statement has dates of its own, and the question
// is always asked of one business date. A colour fades as the scheme says.

#ifndef TALLY_ENGINE_STATE_SOURCES_H_
#define TALLY_ENGINE_STATE_SOURCES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/date.h"
#include "engine/model/terms.h"
#include "engine/profile/certificate_terms.h"

namespace tally {

struct SourceChange {
  SourceStatus status = SourceStatus::kUnspecified;
  Date from;
  Date to = Date::Max();  // its last day
};

class Sources {
 public:
  Sources() = default;
  Sources(const Sources&) = delete;
  Sources& operator=(const Sources&) = delete;

  // Of the statements that hold on a date the one that began last, faded:
  // green is blue once green_months are over, and red after blue_months more.
  // kUnspecified where none holds.
  SourceStatus At(std::string_view source, Date date,
                  const SourceStatusTerms& terms) const;

  void Add(std::string_view source, const SourceChange& change);
  // Takes back the latest call of Add() for the source.
  void RemoveLast(std::string_view source);

 private:
  friend struct SnapshotAccess;

  // In order of arrival.
  absl::flat_hash_map<std::string, std::vector<SourceChange>> changes_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_SOURCES_H_
