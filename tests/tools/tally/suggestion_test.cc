#include "tools/tally/suggestion.h"

#include <gtest/gtest.h>

namespace tally::cli {
namespace {

TEST(Distance, CountsLettersToChange) {
  EXPECT_EQ(Distance("balance", "balance"), 0);
  EXPECT_EQ(Distance("balance", "balanec"), 1);  // swapped
  EXPECT_EQ(Distance("balance", "blance"), 1);
  EXPECT_EQ(Distance("", "lot"), 3);
  EXPECT_EQ(Distance("lot", "watch"), 4);
}

TEST(Suggest, TheFirstWordThatIsNoCommand) {
  const Command program = Program();
  EXPECT_EQ(Suggest(program, {"certifcate", "get"}),
            "no command `certifcate`; did you mean `certificate`?");
  EXPECT_EQ(Suggest(program, {"--server", "x", "lot", "shwo"}),
            "no command `shwo`; did you mean `show`?");
  EXPECT_EQ(Suggest(program, {"xylophone"}), "no command `xylophone`");
  EXPECT_EQ(Suggest(program, {"lot", "show"}), "");
}

}  // namespace
}  // namespace tally::cli
