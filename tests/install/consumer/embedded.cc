// A program outside the repository that uses the installed engine.

#include "engine/base/check.h"

int main() {
  TALLY_CHECK(1 + 1 == 2);
  return 0;
}
