// Changes inputs as libFuzzer does, without being told what they reach: bits,
// bytes and numbers changed, pieces taken out, repeated, moved, and put in
// from other inputs. The same seed makes the same inputs on every machine.

#ifndef TALLY_TESTS_FUZZ_MUTATOR_H_
#define TALLY_TESTS_FUZZ_MUTATOR_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace tally::fuzz {

// No input that is made here is longer, unless a seed is.
inline constexpr size_t kInputBytesMax = 8'192;

class Mutator {
 public:
  // `seeds`: at least one. They must outlive it.
  Mutator(uint64_t seed, const std::vector<std::string>* seeds)
      : random_(seed), seeds_(*seeds) {}

  // One of the seeds, changed in one to eight ways, most often in few.
  std::string Next();

 private:
  size_t Below(size_t bound) { return random_() % bound; }
  const std::string& Some() { return seeds_[Below(seeds_.size())]; }
  char SomeChar();
  void Change(std::string* input);
  // A piece of some seed.
  std::string Piece();

  std::mt19937_64 random_;
  const std::vector<std::string>& seeds_;
};

}  // namespace tally::fuzz

#endif  // TALLY_TESTS_FUZZ_MUTATOR_H_
