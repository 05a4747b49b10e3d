// How far the sorted runs go: stored with each of them, in the same step.

#ifndef TALLY_ENGINE_INDEX_INDEX_END_H_
#define TALLY_ENGINE_INDEX_INDEX_END_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/model/indices.h"
#include "engine/storage/database.h"

namespace tally {

// Its key in the meta family.
inline constexpr std::string_view kIndexEndKey = "end";

std::string EncodeEnd(Position end);

// 0 where there is no run yet.
absl::StatusOr<Position> ReadEnd(const Database& database);

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_INDEX_END_H_
