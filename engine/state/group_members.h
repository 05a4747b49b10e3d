// The members of a group certificate: each with its own caps and with what
// audits said of it.

#ifndef TALLY_ENGINE_STATE_GROUP_MEMBERS_H_
#define TALLY_ENGINE_STATE_GROUP_MEMBERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

using ProductCaps = std::vector<std::pair<ProductIndex, Quantity>>;

// Whether a member of a group complies, from a day on.
struct MemberAssessment {
  Date effective_from;
  bool compliant = true;
};

struct GroupMember {
  std::string member;
  Date since;
  ProductCaps caps;
  std::vector<MemberAssessment> assessments;  // in order of arrival

  // As last assessed; a member complies when it joins.
  bool CompliesOn(Date date) const;

  std::optional<Quantity> CapOf(ProductIndex product) const;
};

// The members of a group on a date.
struct GroupStanding {
  int64_t members = 0;
  int64_t compliant = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_GROUP_MEMBERS_H_
