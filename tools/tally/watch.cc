// `tally watch`.

#include <charconv>
#include <optional>
#include <ostream>

#include "fmt/format.h"
#include "services/authoring/enum_name.h"
#include "services/authoring/write.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"
#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/event_rows.h"
#include "tools/tally/options.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;
namespace v1 = tallystick::v1;

// A whole number at or above zero.
std::optional<int64_t> NumberOf(const std::string& text) {
  int64_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) {
    return std::nullopt;
  }
  return number;
}

std::optional<v1::WatchEventsRequest> RequestOf(const Arguments& arguments,
                                                const Terminal& terminal) {
  v1::WatchEventsRequest request;
  if (arguments.Has("from")) {
    const auto position = NumberOf(arguments.Get("from"));
    if (!position.has_value()) {
      terminal.err << fmt::format(
          "tally: --from: got {}, must be a whole number\n",
          arguments.Get("from"));
      return std::nullopt;
    }
    request.set_from_position(*position);
  }
  for (const std::string& kind : arguments.All("kinds")) {
    const auto* value =
        authoring::FindEnumValue(*v1::EventKind_descriptor(), kind);
    // The parser has checked the names.
    request.add_kinds(static_cast<v1::EventKind>(value->number()));
  }
  request.set_party(arguments.Get("party"));
  request.set_site(arguments.Get("site"));
  return request;
}

// One line an event, so that what reads it can act on each as it comes. The
// columns of a table can't be aligned with what is still to come.
void Print(const v1::RecordedEvent& event, const std::string& format,
           std::ostream& out) {
  const ordered_json recorded = authoring::Write(event);
  if (format == "json") {
    out << recorded.dump() << '\n' << std::flush;
    return;
  }
  const Table table = TableOf(EventColumns(), {EventRow(recorded)});
  if (format == "csv") {
    PrintCsvLine(table.rows[0], out);
  } else {
    std::string line;
    for (const std::string& cell : table.rows[0]) {
      if (cell.empty()) continue;
      if (!line.empty()) line += "  ";
      line += Printable(cell);
    }
    out << line << '\n';
  }
  out << std::flush;
}

std::optional<int64_t> CountOf(const Arguments& arguments,
                               const Terminal& terminal) {
  if (!arguments.Has("count")) return INT64_MAX;
  const auto count = NumberOf(arguments.Get("count"));
  if (!count.has_value() || *count < 1) {
    terminal.err << "tally: --count: must be a whole number from 1 on\n";
    return std::nullopt;
  }
  return count;
}

ExitCode Watch(const Arguments& arguments, const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  const auto request = RequestOf(arguments, terminal);
  const auto count = CountOf(arguments, terminal);
  if (!connection.has_value() || !request.has_value() || !count.has_value()) {
    return ExitCode::kUsage;
  }
  const std::string format = arguments.Get("output");
  const auto stub = v1::LedgerService::NewStub(connection->channel());
  grpc::ClientContext context;
  connection->Prepare(&context);
  const auto reader = stub->WatchEvents(&context, *request);
  v1::WatchEventsResponse response;
  int64_t seen = 0;
  while (reader->Read(&response)) {
    for (const v1::RecordedEvent& event : response.events()) {
      Print(event, format, terminal.out);
      if (++seen < *count && terminal.out) continue;
      context.TryCancel();
      (void)reader->Finish();  // says that it was cancelled
      return ExitCode::kDone;
    }
  }
  const grpc::Status status = reader->Finish();
  return status.ok() ? ExitCode::kDone : Fail(status, terminal);
}

}  // namespace

Command WatchCommand() {
  Command command;
  command.name = "watch";
  command.summary = "Prints events as they are recorded, until interrupted.";
  command.examples =
      "tally watch --site mill\n"
      "tally watch --from 0 -o json | jq .event";
  command.options = {
      ValueOption("from", "POSITION",
                  "first those from here on; default: only what is new"),
      KindsOption(),
      ValueOption("party", "PARTY", "only those that concern this party"),
      ValueOption("site", "SITE", "only those that name this site"),
      ValueOption("count", "EVENTS", "end after so many")};
  command.run = Watch;
  return command;
}

}  // namespace tally::cli
