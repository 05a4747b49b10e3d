// Files that people write, from any bytes: events for `tally post`, as one
// object, a list or lines, and scenarios. What cannot be read is explained,
// and what was read is an event with an id.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/check.h"
#include "google/protobuf/stubs/logging.h"
#include "tests/fuzz/portions.h"
#include "tools/tally/event_file.h"
#include "tools/tally/scenario.h"

namespace tally::cli {
namespace {

void Events(std::string_view text) {
  const EventFile file = ReadJsonEvents(text);
  TALLY_CHECK(!file.events.empty() || !file.problems.empty() ||
              text.find('[') != std::string_view::npos);
  TALLY_CHECK(file.problems.size() <= kFileProblemsMax);
  for (const PlacedEvent& placed : file.events) {
    TALLY_CHECK(!placed.place.empty());
    TALLY_CHECK(!placed.event.id().empty() || !file.problems.empty());
  }
  // The same file gives the same ids.
  const EventFile again = ReadJsonEvents(text);
  TALLY_CHECK(again.events.size() == file.events.size());
  for (size_t i = 0; i < file.events.size(); ++i) {
    TALLY_CHECK(again.events[i].event.id() == file.events[i].event.id());
  }
}

void Scenarios(std::string_view text) {
  std::vector<authoring::Problem> problems;
  ReadScenario(text, &problems);
  for (const authoring::Problem& problem : problems) {
    TALLY_CHECK(!problem.ToString().empty());
  }
}

}  // namespace
}  // namespace tally::cli

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const auto* const silence = new google::protobuf::LogSilencer();
  (void)silence;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  tally::cli::Events(text);
  tally::cli::Scenarios(text);
  return 0;
}
