// TALLY_CHECK: what must hold, or the program is wrong.
//
// Checks stay on in release builds. They are for our own mistakes, never for
// input: what a caller can get wrong is a Status or a refusal. One condition
// per check, so that a report names the one that failed.
//
//   TALLY_CHECK(balance >= 0);

#ifndef TALLY_ENGINE_BASE_CHECK_H_
#define TALLY_ENGINE_BASE_CHECK_H_

namespace tally {

// Prints the place and the condition on stderr and aborts.
[[noreturn]] void CheckFailed(const char* file, int line,
                              const char* condition);

}  // namespace tally

#define TALLY_CHECK(condition)                              \
  do {                                                      \
    if (!(condition)) [[unlikely]]                          \
      ::tally::CheckFailed(__FILE__, __LINE__, #condition); \
  } while (false)

#endif  // TALLY_ENGINE_BASE_CHECK_H_
