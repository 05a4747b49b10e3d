// A page of events as the API sends it: bounded in bytes, too.

#ifndef TALLY_SERVICES_EVENT_PAGE_H_
#define TALLY_SERVICES_EVENT_PAGE_H_

#include <cstdint>

#include "engine/ledger/event_queries.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "tallystick/v1/recorded_event.pb.h"

namespace tally::services {

// A page ends when it has so many bytes: clients take messages up to 4 MiB
// unless they ask for more.
inline constexpr int64_t kPageBytesMax = 3 << 20;

// Writes events until the page is full, and at least one. Returns the first
// position that the page does not cover.
Position EncodePage(
    const EventListAnswer& in,
    google::protobuf::RepeatedPtrField<tallystick::v1::RecordedEvent>* out);

}  // namespace tally::services

#endif  // TALLY_SERVICES_EVENT_PAGE_H_
