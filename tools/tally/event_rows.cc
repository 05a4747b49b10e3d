#include "tools/tally/event_rows.h"

#include <array>
#include <string_view>

namespace tally::cli {
namespace {

// The keys of an event that every kind has.
constexpr std::array<std::string_view, 4> kCommonKeys = {"id", "occurred_at",
                                                         "document", "actor"};

bool IsCommon(std::string_view key) {
  for (const std::string_view common : kCommonKeys) {
    if (key == common) return true;
  }
  return false;
}

}  // namespace

std::vector<Column> EventColumns() {
  return {{"position", {"position"}, Align::kRight, "0"},
          {"occurred at", {"event.occurred_at"}},
          {"kind", {"kind"}},
          {"says", {"says"}},
          {"document", {"event.document"}},
          {"warnings", {"warnings"}},
          {"id", {"event.id"}}};
}

nlohmann::ordered_json EventRow(nlohmann::ordered_json recorded) {
  const nlohmann::ordered_json* event = At(recorded, "event");
  if (event == nullptr) return recorded;
  for (const auto& [key, value] : event->items()) {
    if (IsCommon(key)) continue;
    recorded["kind"] = key;
    // A profile has too many words for a line.
    recorded["says"] = key == "define_scheme" ? "" : CellText(value);
    break;
  }
  return recorded;
}

}  // namespace tally::cli
