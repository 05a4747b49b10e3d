// How much of what may come out of what went in.

#ifndef TALLY_TESTS_REFERENCE_CONVERSION_H_
#define TALLY_TESTS_REFERENCE_CONVERSION_H_

#include "tests/reference/plan.h"
#include "tests/reference/process.h"

namespace tally::reference {

// UNKNOWN_PROCESS: a scheme of the outputs has no conversion for the process
// and an input, and this is no split, merge or re-tag.
void CheckProcessKnown(const World& world, const Process& process, Plan* plan);

// Fills in the inputs without quantity, by running totals.
void ComputeInputs(const World& world, Process* process, Plan* plan);

// R16, R17, R18, R53.
void CheckQuantities(const World& world, const Process& process, Plan* plan);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_CONVERSION_H_
