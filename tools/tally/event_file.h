// A file of events, read whole before anything of it is sent.
//
// It is authoring JSON (one event, or a list), JSON lines, or CSV with a
// mapping. Each event knows its place in the file, for messages and for the
// id that it gets where it has none: the same file gives the same ids, so
// posting it again counts nothing twice.

#ifndef TALLY_TOOLS_TALLY_EVENT_FILE_H_
#define TALLY_TOOLS_TALLY_EVENT_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "tallystick/v1/event.pb.h"
#include "tools/tally/csv_mapping.h"

namespace tally::cli {

// What can't be read, with its place: "row 7: receive.quantity: got …".
inline constexpr size_t kFileProblemsMax = 1'000;

struct PlacedEvent {
  std::string place;  // "row 7", of a list "event 3", of lines "line 12"
  tallystick::v1::Event event;
};

struct EventFile {
  std::vector<PlacedEvent> events;
  std::vector<std::string> problems;  // none: all was read
};

EventFile ReadJsonEvents(std::string_view text);
EventFile ReadCsvEvents(std::string_view text, const CsvMapping& mapping);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_EVENT_FILE_H_
