// How values lie in a snapshot. CodeValue() of a value writes or reads it, as
// its codec does (StateWriter, StateReader); a struct is taken apart by its
// Fields(), table_fields.h.

#ifndef TALLY_ENGINE_SNAPSHOT_VALUE_FIELDS_H_
#define TALLY_ENGINE_SNAPSHOT_VALUE_FIELDS_H_

#include <type_traits>

#include "engine/snapshot/maybe_index.h"
#include "engine/snapshot/read_value.h"
#include "engine/snapshot/write_value.h"

namespace tally {

// T as a codec wants it: to be filled, or to be left as it is.
template <typename Codec, typename T>
using As = std::conditional_t<Codec::kReads, T, const T>&;

// What has Fields() of its own.
template <typename Codec, typename T>
requires requires(Codec& codec, T& thing) { Fields(codec, thing); }
void CodeValue(Codec& codec, T& thing) { Fields(codec, thing); }

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_VALUE_FIELDS_H_
