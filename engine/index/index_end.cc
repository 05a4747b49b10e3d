#include "engine/index/index_end.h"

#include "engine/base/status_macros.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {

std::string EncodeEnd(Position end) {
  std::string value;
  AppendLittle64(static_cast<uint64_t>(end), &value);
  return value;
}

absl::StatusOr<Position> ReadEnd(const Database& database) {
  ASSIGN_OR_RETURN(const auto stored, database.GetMeta(kIndexEndKey));
  if (!stored.has_value()) return 0;
  FixedReader reader(*stored);
  const auto end = static_cast<Position>(reader.Little64());
  if (!reader.AtEnd() || end < 0) {
    return absl::DataLossError(fmt::format(
        "the index in {} does not say how far it goes", database.directory()));
  }
  return end;
}

}  // namespace tally
