#include "services/event_page.h"

#include "services/encode_views.h"

namespace tally::services {

Position EncodePage(
    const EventListAnswer& in,
    google::protobuf::RepeatedPtrField<tallystick::v1::RecordedEvent>* out) {
  int64_t bytes = 0;
  for (const RecordedEvent& event : in.events) {
    if (bytes >= kPageBytesMax) return event.position;
    tallystick::v1::RecordedEvent* written = out->Add();
    Encode(event, written);
    bytes += static_cast<int64_t>(written->ByteSizeLong());
  }
  return in.next;
}

}  // namespace tally::services
