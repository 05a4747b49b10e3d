// What can be claimed or promised once: attributes of a lot (R26), and goods
// that were bought or sold and are still to be delivered (R08).

#ifndef TALLY_TESTS_REFERENCE_SINGLE_USE_H_
#define TALLY_TESTS_REFERENCE_SINGLE_USE_H_

#include "tests/reference/account.h"
#include "tests/reference/plan.h"

namespace tally::reference {

// DOUBLE_ATTRIBUTE, and what the event uses up.
void CheckSingleUse(const World& world, Plan* plan);

// Bought for the account and to be delivered within the profile's months.
Units BoughtFor(const World& world, const Account& account, Date date);

void PlanAgreeContract(const World& world, Plan* plan);

// What the event delivers on the contract that it names.
void PlanDelivery(const World& world, Plan* plan);

// What a void event claimed of a lot can be claimed again, and what it
// delivered on a contract is to be delivered.
void GiveBackAttributes(int64_t voided, int64_t position, World* world);
void GiveBackDeliveries(int64_t voided, World* world);

// Nothing is to be delivered any more on the contract of a void event.
void EndContract(int64_t position, World* world);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_SINGLE_USE_H_
