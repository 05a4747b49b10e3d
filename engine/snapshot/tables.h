// The tables of State in a snapshot: Write() and Read() of each. What follows
// from the rest of a table is not written; Read() lets the table work it out
// by the same functions that made it.
//
// A table is written in one way only, whatever its history: maps in the order
// of their keys, and nothing that says nothing, such as a sum of zero.
//
// Read() wants an empty table. What no table could have held ends in
// StateReader::Fail().

#ifndef TALLY_ENGINE_SNAPSHOT_TABLES_H_
#define TALLY_ENGINE_SNAPSHOT_TABLES_H_

#include <algorithm>
#include <type_traits>
#include <vector>

#include "engine/snapshot/state_reader.h"
#include "engine/snapshot/state_writer.h"
#include "engine/state/state.h"

namespace tally {

using BoundarySums = std::vector<BoundaryTotals>;  // by product

void Write(const Registry& table, StateWriter& out);
void Write(const Schemes& table, StateWriter& out);
void Write(const ClaimSets& table, StateWriter& out);
void Write(const Lots& table, StateWriter& out);
void Write(const Accounts& table, StateWriter& out);
void Write(const BookStock& table, StateWriter& out);
void Write(const Flows& table, StateWriter& out);
void Write(const Shipments& table, StateWriter& out);
void Write(const Credits& table, StateWriter& out);
void Write(const Redemptions& table, StateWriter& out);
void Write(const Covers& table, StateWriter& out);
void Write(const AttachedCredits& table, StateWriter& out);
void Write(const Certificates& table, StateWriter& out);
void Write(const Holds& table, StateWriter& out);
void Write(const Periods& table, StateWriter& out);
void Write(const Bindings& table, StateWriter& out);
void Write(const Sources& table, StateWriter& out);
void Write(const RunningNeeds& table, StateWriter& out);
void Write(const Contracts& table, StateWriter& out);
void Write(const AttributeUses& table, StateWriter& out);
void Write(const Voids& table, StateWriter& out);
void Write(const Withholdings& table, StateWriter& out);
void Write(const BoundarySums& table, StateWriter& out);

void Read(StateReader& in, Registry* table);
void Read(StateReader& in, Schemes* table);
void Read(StateReader& in, ClaimSets* table);
void Read(StateReader& in, Lots* table);
void Read(StateReader& in, Accounts* table);
void Read(StateReader& in, BookStock* table);
void Read(StateReader& in, Flows* table);
void Read(StateReader& in, Shipments* table);
void Read(StateReader& in, Credits* table);
void Read(StateReader& in, Redemptions* table);
void Read(StateReader& in, Covers* table);
void Read(StateReader& in, AttachedCredits* table);
void Read(StateReader& in, Certificates* table);
void Read(StateReader& in, Holds* table);
void Read(StateReader& in, Periods* table);
void Read(StateReader& in, Bindings* table);
void Read(StateReader& in, Sources* table);
void Read(StateReader& in, RunningNeeds* table);
void Read(StateReader& in, Contracts* table);
void Read(StateReader& in, AttributeUses* table);
void Read(StateReader& in, Voids* table);
void Read(StateReader& in, Withholdings* table);
void Read(StateReader& in, BoundarySums* table);

// The entries of a hash map or set that `wanted` takes, in the order of what
// `key_of` makes of them.
template <typename Map, typename Wanted, typename KeyOf>
auto Sorted(const Map& map, Wanted wanted, KeyOf key_of) {
  std::vector<const typename Map::value_type*> entries;
  for (const auto& entry : map) {
    if (wanted(entry)) entries.push_back(&entry);
  }
  std::sort(entries.begin(), entries.end(), [&](const auto* a, const auto* b) {
    return key_of(*a) < key_of(*b);
  });
  return entries;
}
template <typename Map, typename KeyOf>
auto Sorted(const Map& map, KeyOf key_of) {
  return Sorted(
      map, [](const auto&) { return true; }, key_of);
}

// Reads as many elements as the snapshot says, while that goes well.
template <typename ReadOne>
void ReadEach(StateReader& in, ReadOne read_one) {
  const uint64_t count = in.Unsigned();
  for (uint64_t i = 0; i < count && in.ok(); ++i) read_one();
}

// A table must have the count that the snapshot began with.
inline void CheckCount(StateReader& in, int64_t found, int64_t counted) {
  if (found != counted) in.Fail("another number than there should be");
}

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_TABLES_H_
