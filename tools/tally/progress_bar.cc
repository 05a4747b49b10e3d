#include "tools/tally/progress_bar.h"

#include <algorithm>
#include <string>

#include "fmt/format.h"

namespace tally::cli {
namespace {

constexpr size_t kBarColumns = 40;

}  // namespace

ProgressBar::ProgressBar(size_t total, bool is_terminal, std::ostream* err)
    : total_(std::max<size_t>(total, 1)),
      is_terminal_(is_terminal),
      err_(err) {}

ProgressBar::~ProgressBar() {
  if (is_terminal_) *err_ << "\r\x1b[K" << std::flush;
}

void ProgressBar::Show(size_t done) {
  if (!is_terminal_) return;
  const size_t filled = std::min(done, total_) * kBarColumns / total_;
  *err_ << fmt::format("\r[{}{}] {} of {}", std::string(filled, '#'),
                       std::string(kBarColumns - filled, ' '), done, total_)
        << std::flush;
}

}  // namespace tally::cli
