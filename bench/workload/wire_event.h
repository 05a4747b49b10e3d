// Writes acts as events of the API, with ids, papers and names as long as real
// ones.

#ifndef TALLY_BENCH_WORKLOAD_WIRE_EVENT_H_
#define TALLY_BENCH_WORKLOAD_WIRE_EVENT_H_

#include <string>

#include "bench/workload/act.h"
#include "bench/workload/ids.h"
#include "bench/workload/wire_writer.h"
#include "bench/workload/world.h"

namespace tally::bench {

// The id of an act's event, and of the shipment, lot or block that it makes.
Id<36> EventId(const Act& act);
Id<26> ThingId(uint64_t key, int32_t day);
// The delivery note and the contract that it is about.
std::string_view DocumentOf(const Act& act, std::array<char, 32>* text);

// Appends the event as field `field` of a request.
void AppendEvent(const World& world, const Act& act, int field,
                 std::string* request);

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_WIRE_EVENT_H_
