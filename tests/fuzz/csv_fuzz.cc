// A mapping and the CSV that it is for, from any bytes: the mapping up to a
// line of three dashes, then the rows.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/check.h"
#include "google/protobuf/stubs/logging.h"
#include "tests/fuzz/portions.h"
#include "tools/tally/csv_mapping.h"
#include "tools/tally/csv_reader.h"
#include "tools/tally/event_file.h"

namespace tally::cli {
namespace {

void Read(std::string_view toml, std::string_view text) {
  for (const char separator : {',', ';', '\t'}) {
    const auto rows = ReadCsv(text, separator);
    if (!rows.ok()) continue;
    for (const CsvRow& row : *rows) {
      TALLY_CHECK(row.line > 0);
      TALLY_CHECK(row.cells.size() <= kCsvColumnsMax);
    }
  }
  const auto mapping = ReadMapping(toml);
  if (!mapping.ok()) {
    TALLY_CHECK(!mapping.status().message().empty());
    return;
  }
  const EventFile file = ReadCsvEvents(text, *mapping);
  TALLY_CHECK(file.problems.size() <= kFileProblemsMax);
  for (const PlacedEvent& placed : file.events) {
    TALLY_CHECK(placed.place.starts_with("row "));
  }
}

}  // namespace
}  // namespace tally::cli

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const auto* const silence = new google::protobuf::LogSilencer();
  (void)silence;
  tally::fuzz::Portions input(bytes, size);
  const std::string_view toml = input.Until("---\n");
  tally::cli::Read(toml, input.Rest());
  return 0;
}
