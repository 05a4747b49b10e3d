// `tally event`.

#include <algorithm>
#include <optional>

#include "google/protobuf/descriptor.h"
#include "services/authoring/enum_name.h"
#include "tallystick/v1/event_kind.pb.h"
#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/event_rows.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

// Runs `query` and prints its events.
ExitCode PrintEvents(const Query& query, const Arguments& arguments,
                     const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  const Reply reply = AskQuery(query, arguments, *connection);
  if (const auto failed = Failed(reply, terminal)) return *failed;
  std::vector<ordered_json> rows;
  if (const ordered_json* found = At(reply.whole, query.rows)) {
    if (found->is_object()) rows.push_back(EventRow(*found));
    if (found->is_array()) {
      std::transform(found->begin(), found->end(), std::back_inserter(rows),
                     EventRow);
    }
  }
  PrintRows(EventColumns(), rows, reply.whole, arguments, terminal);
  SayMore(reply, arguments, terminal);
  return ExitCode::kDone;
}

// By its position, if it is a number, else by its id.
ExitCode Get(const Arguments& arguments, const Terminal& terminal) {
  const std::string key = arguments.Get("event");
  const bool is_position =
      !key.empty() && std::all_of(key.begin(), key.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  Arguments named = arguments;
  named.Add(is_position ? "position" : "id", key);
  return PrintEvents({.method = "LedgerService/GetEvent", .rows = "event"},
                     named, terminal);
}

ExitCode List(const Arguments& arguments, const Terminal& terminal) {
  return PrintEvents({.method = "LedgerService/ListEvents", .rows = "events"},
                     arguments, terminal);
}

}  // namespace

Command EventCommand() {
  Command command;
  command.name = "event";
  command.summary = "Shows events of the log.";
  command.examples =
      "tally event get 41\n"
      "tally event list --site mill --kinds SHIP --kinds CONSUME";
  Command get;
  get.name = "get";
  get.summary = "Shows one event, by its id or its position.";
  get.examples = "tally event get 41 -o json";
  get.options = {IdOption("event", "its id, a UUID, or its position")};
  get.run = Get;
  Command list;
  list.name = "list";
  list.summary = "Lists events in the order of the log.";
  list.examples = "tally event list --site mill --occurred-from 2025-03-01";
  list.options = {
      ValueOption("from-position", "POSITION", "from this position on"),
      ValueOption("to-position", "POSITION", "up to this position"),
      KindsOption(),
      ValueOption("party", "PARTY", "that concern this party"),
      ValueOption("site", "SITE", "that name this site"),
      ValueOption("product", "PRODUCT", "that name this product"),
      DateOption("occurred-from", "on or after this day"),
      DateOption("occurred-to", "on or before this day"),
      LimitOption()};
  list.run = List;
  command.subcommands = {std::move(get), std::move(list)};
  return command;
}

}  // namespace tally::cli
