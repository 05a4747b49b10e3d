// The text of a signed tree head, as C2SP tlog-checkpoint has it: whose log,
// how many leaves, which root. Signed, it is a checkpoint of the log.

#ifndef TALLY_ENGINE_LOG_TREE_NOTE_H_
#define TALLY_ENGINE_LOG_TREE_NOTE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/log/merkle.h"

namespace tally {

struct TreeNote {
  std::string origin;
  TreeHead head;

  friend bool operator==(const TreeNote&, const TreeNote&) = default;
};

// Three lines, with the newline at the end.
std::string FormatTreeNote(const TreeNote& note);

// INVALID_ARGUMENT for what is no such text. Lines beyond the third are
// refused: our logs write none, and nobody could check them.
absl::StatusOr<TreeNote> ParseTreeNote(std::string_view text);

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_TREE_NOTE_H_
