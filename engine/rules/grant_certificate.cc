#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const GrantCertificate&) {}
void PlanEvent(Case&, const AmendCertificate&) {}
void PlanEvent(Case&, const ExtendVolume&) {}
void PlanEvent(Case&, const SetCertificateStatus&) {}
void PlanEvent(Case&, const AddGroupMember&) {}
void PlanEvent(Case&, const RecordAssessment&) {}

}  // namespace tally
