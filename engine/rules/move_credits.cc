#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const TransferCredits&) {}
void PlanEvent(Case&, const RedeemCredits&) {}
void PlanEvent(Case&, const WithdrawCredits&) {}
void PlanEvent(Case&, const UnbundleCredits&) {}

}  // namespace tally
