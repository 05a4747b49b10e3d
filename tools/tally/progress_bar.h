// A bar that shows on a terminal how far something is, on one line that it
// draws over. Where there is no terminal it draws nothing.

#ifndef TALLY_TOOLS_TALLY_PROGRESS_BAR_H_
#define TALLY_TOOLS_TALLY_PROGRESS_BAR_H_

#include <cstddef>
#include <ostream>

namespace tally::cli {

class ProgressBar {
 public:
  // `err` must outlive it.
  ProgressBar(size_t total, bool is_terminal, std::ostream* err);
  // Takes its line away.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Show(size_t done);

 private:
  const size_t total_;
  const bool is_terminal_;
  std::ostream* const err_;
};

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_PROGRESS_BAR_H_
