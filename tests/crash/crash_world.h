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

// The client's `number`-th event under an id of its own; most are accepted.
// How much it changes what the site holds is told by DeltaOf().
tallystick::v1::Event MakeEvent(int client, int64_t number);

// 0 for an event that is always refused.
int64_t DeltaOf(int64_t number);

}  // namespace tally::crash

#endif  // TALLY_TESTS_CRASH_CRASH_WORLD_H_
