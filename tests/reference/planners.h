// One planner a kind of event: it reads the event, adds what speaks against it
// and what it would do. References and shapes were checked before.

#ifndef TALLY_TESTS_REFERENCE_PLANNERS_H_
#define TALLY_TESTS_REFERENCE_PLANNERS_H_

#include "tests/reference/plan.h"

namespace tally::reference {

// What the shape cannot say: fields that go together, models that a scheme
// has, processes that it knows. Adds INVALID_… and UNKNOWN_… alone.
void CheckArguments(const World& world, Plan* plan);

// ALREADY_EXISTS, and SERIAL for a block.
void CheckNewIds(const World& world, Plan* plan);

// R32 and NOT_AUTHORIZED.
void CheckRights(const World& world, Plan* plan);

// entry.cc
void PlanOriginate(const World& world, Plan* plan);
void PlanReceive(const World& world, Plan* plan);

// shipping.cc
void PlanShip(const World& world, Plan* plan);
void PlanAccept(const World& world, Plan* plan);
void PlanReturn(const World& world, Plan* plan);  // reject, recall
// Adds to the plan what has lapsed by the date of the event or its recording.
void PlanLapses(const World& world, Plan* plan);

// process.cc
void PlanProcess(const World& world, Plan* plan);

// removal.cc
void PlanDowngrade(const World& world, Plan* plan);
void PlanAdjust(const World& world, Plan* plan);
void PlanConsume(const World& world, Plan* plan);
void PlanCountStock(const World& world, Plan* plan);
void PlanTransferEntitlement(const World& world, Plan* plan);

// credits.cc
void PlanIssueCredits(const World& world, Plan* plan);
void PlanTransferCredits(const World& world, Plan* plan);
void PlanRedeemCredits(const World& world, Plan* plan);
void PlanWithdrawCredits(const World& world, Plan* plan);
void PlanUnbundleCredits(const World& world, Plan* plan);
void PlanDeclareClaims(const World& world, Plan* plan);

// oversight.cc
void PlanHold(const World& world, Plan* plan);  // hold, release
void PlanVoid(const World& world, Plan* plan);
void PlanSetSourceStatus(const World& world, Plan* plan);

// registry.cc
void PlanRegistry(const World& world, Plan* plan);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_PLANNERS_H_
