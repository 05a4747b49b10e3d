// Flips one bit of one stored file, and looks whether verification finds it.
//
// A ledger with events of several kinds is written, backed up and exported
// once; each trial takes a fresh copy of one of the three. What no bit of
// matters for what is stored is named in IsIrrelevant(), file by file.

#ifndef TALLY_TESTS_CORRUPTION_TRIALS_H_
#define TALLY_TESTS_CORRUPTION_TRIALS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

struct CorruptionCount {
  int64_t trials = 0;
  int64_t found = 0;
  int64_t irrelevant = 0;
};

struct CorruptionFigures {
  // By the kind of file: "data log/sst".
  std::map<std::string, CorruptionCount> by_kind;
  // Trials that nobody found: "data log/000012.blob, byte 17, bit 3".
  std::vector<std::string> missed;

  CorruptionCount Sum() const;
};

// The same seed flips the same bits of the same files. Of the kinds alone that
// have `only` in their name.
CorruptionFigures RunCorruptionTrials(uint64_t seed, int64_t trials,
                                      std::string_view only = "");

}  // namespace tally

#endif  // TALLY_TESTS_CORRUPTION_TRIALS_H_
