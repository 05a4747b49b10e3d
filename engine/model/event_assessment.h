// The event of audits: one may serve many certificates, of whatever schemes,
// or say of a member of a group whether it complies.

#ifndef TALLY_ENGINE_MODEL_EVENT_ASSESSMENT_H_
#define TALLY_ENGINE_MODEL_EVENT_ASSESSMENT_H_

#include <span>
#include <string_view>

#include "engine/base/date.h"

namespace tally {

// A further certificate that an assessment serves, of whatever scheme.
struct AssessedCertificate {
  std::string_view certificate;
  std::string_view level;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "certificate", self.certificate);
    visit(2, "level", self.level);
  }
};

// A level, or with `member` whether that member of the group complies.
struct RecordAssessment {
  std::string_view certificate;
  std::string_view level;
  Date effective_from;
  std::string_view evidence;  // of the audit: a report's reference
  std::span<const AssessedCertificate> also;
  std::string_view member;
  bool non_compliant = false;

  template <typename Self, typename Visitor>
  static void Visit(Self& self, Visitor& visit) {
    visit(1, "certificate", self.certificate);
    visit(2, "level", self.level);
    visit(3, "effective_from", self.effective_from);
    visit(4, "evidence", self.evidence);
    visit(5, "also", self.also);
    visit(6, "member", self.member);
    visit(7, "non_compliant", self.non_compliant);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EVENT_ASSESSMENT_H_
