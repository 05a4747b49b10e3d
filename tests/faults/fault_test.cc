// What the trials of the command fault_trials would notice.

#include <gtest/gtest.h>

#include "tests/engine/storage/temporary_directory.h"
#include "tests/faults/fault_trial.h"

namespace tally::faults {
namespace {

// The trials would notice: a story that is answered otherwise is wrong.
TEST(Faults, AnotherOutcomeThanExpectedIsNoticed) {
  const TemporaryDirectory folder;
  Expected expected = TellInMemory();
  expected.portraits.back() += "else";
  const TrialReport report = RunTrial(
      folder.path(), {DiskOperation::kSync, 1'000'000, Fault::kFail}, expected);
  EXPECT_EQ(report.reaction, Reaction::kNotReached);
  EXPECT_NE(report.wrong.find("at the end"), std::string::npos) << report.wrong;
}

}  // namespace
}  // namespace tally::faults
