// The world of the crash test: every client has a site of its own, into which
// it receives and out of which it ships, so that what a site must hold follows
// from the events that are in the log.

#ifndef TALLY_TESTS_CRASH_CRASH_WORLD_H_
#define TALLY_TESTS_CRASH_CRASH_WORLD_H_

#include <cstdint>
#include <string>

#include "tallystick/v1/ledger_service.pb.h"

namespace tally::crash {

// Scheme, party, product and the sites of so many clients.
tallystick::v1::PostEventsRequest MakeWorld(int clients);

std::string SiteOf(int client);

// The client's `number`-th event under an id of its own: receipts, shipments,
// voids, and one accounting period a round. They build on each other, so a
// client posts them in their order.
tallystick::v1::Event MakeEvent(int client, int64_t number);
// Some are always refused, all others accepted.
bool IsRefused(int64_t number);

// How much an event changes what the site holds.
struct Deltas {
  int64_t segregated = 0;
  int64_t entitled = 0;  // mass balance, in periods
};
Deltas DeltasOf(int64_t number);

}  // namespace tally::crash

#endif  // TALLY_TESTS_CRASH_CRASH_WORLD_H_
