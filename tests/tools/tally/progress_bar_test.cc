#include "tools/tally/progress_bar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace tally::cli {
namespace {

TEST(ProgressBarTest, IsDrawnOnATerminalAndWipedAtTheEnd) {
  std::ostringstream err;
  {
    ProgressBar bar(4, /*is_terminal=*/true, &err);
    bar.Show(2);
    EXPECT_THAT(err.str(), testing::EndsWith(" 2 of 4"));
    EXPECT_THAT(err.str(), testing::HasSubstr(std::string(20, '#') + " "));
  }
  EXPECT_THAT(err.str(), testing::EndsWith("\r\x1b[K"));
}

TEST(ProgressBarTest, ElsewhereNothingIsDrawn) {
  std::ostringstream err;
  {
    ProgressBar bar(0, /*is_terminal=*/false, &err);
    bar.Show(0);
  }
  EXPECT_EQ(err.str(), "");
}

}  // namespace
}  // namespace tally::cli
