#include "engine/log/tree_note.h"

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <system_error>

#include "engine/base/base64.h"
#include "engine/log/note.h"
#include "fmt/format.h"

namespace tally {
namespace {

absl::Status NoTreeNote(std::string_view why) {
  return absl::InvalidArgumentError(fmt::format("no checkpoint: {}", why));
}

std::optional<int64_t> ParseSize(std::string_view text) {
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  int64_t size = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size() || size < 0 ||
      text.front() == '-') {
    return std::nullopt;
  }
  return size;
}

}  // namespace

std::string FormatTreeNote(const TreeNote& note) {
  const std::string_view root(
      reinterpret_cast<const char*>(note.head.root.data()),
      note.head.root.size());
  return fmt::format("{}\n{}\n{}\n", note.origin, note.head.size, Base64(root));
}

absl::StatusOr<TreeNote> ParseTreeNote(std::string_view text) {
  std::array<std::string_view, 3> lines;
  for (std::string_view& line : lines) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos || end == 0) {
      return NoTreeNote("it is not three lines");
    }
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  if (!text.empty()) return NoTreeNote("it is more than three lines");
  if (!IsNoteName(lines[0])) return NoTreeNote("its origin is no name");
  const std::optional<int64_t> size = ParseSize(lines[1]);
  if (!size.has_value()) return NoTreeNote("its second line is no tree size");
  TreeNote note{.origin = std::string(lines[0]), .head = {.size = *size}};
  const std::optional<std::string> root = ParseBase64(lines[2]);
  if (!root.has_value() || root->size() != note.head.root.size()) {
    return NoTreeNote("its third line is no root hash");
  }
  std::memcpy(note.head.root.data(), root->data(), root->size());
  return note;
}

}  // namespace tally
