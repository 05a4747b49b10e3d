// The command line of the ledger: `tally COMMAND …`.

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "tools/tally/command.h"
#include "tools/tally/parser.h"

int main(int argc, char** argv) {
  using tally::cli::Terminal;
  const char* const no_colour = std::getenv("NO_COLOR");
  const bool wants_colour = no_colour == nullptr || no_colour[0] == '\0';
  const Terminal terminal{
      .in = std::cin,
      .out = std::cout,
      .err = std::cerr,
      .err_is_terminal = isatty(STDERR_FILENO) == 1,
      .has_colour = wants_colour && isatty(STDOUT_FILENO) == 1};
  const std::vector<std::string> words(argv + 1, argv + argc);
  return static_cast<int>(
      tally::cli::RunWords(tally::cli::Program(), words, terminal));
}
