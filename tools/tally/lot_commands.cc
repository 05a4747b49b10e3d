// `tally lot`.

#include <optional>
#include <ostream>

#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

std::vector<Column> LotColumns() {
  return {{"lot", {"lot"}},
          {"product", {"product"}},
          {"quantity", {"quantity"}, Align::kRight, "0"},
          {"unit", {"unit"}},
          {"claim", {"claims"}, Align::kLeft, "conventional"},
          {"made at", {"made_at"}},
          {"made on", {"made_on"}},
          {"parents", {"parents"}},
          {"attributes", {"attributes"}},
          {"flags", {"flags"}},
          {"held", {"held"}}};
}

std::vector<Column> StepColumns() {
  return {{"depth", {"depth"}, Align::kRight, "0"},
          {"lot", {"lot.lot"}},
          {"product", {"lot.product"}},
          {"quantity", {"quantity"}, Align::kRight, "0"},
          {"unit", {"unit"}},
          {"claim", {"lot.claims"}, Align::kLeft, "conventional"},
          {"made at", {"lot.made_at"}},
          {"made on", {"lot.made_on"}},
          {"flags", {"lot.flags"}}};
}

std::vector<Column> ShareColumns(const std::string& direction) {
  return {{direction == "UPSTREAM" ? "source" : "ends at", {"name"}},
          {"quantity", {"quantity"}, Align::kRight, "0"},
          {"unit", {"unit"}}};
}

std::vector<ordered_json> RowsOf(const ordered_json& whole, const char* key) {
  const ordered_json* found = At(whole, key);
  if (found == nullptr) return {};
  return {found->begin(), found->end()};
}

ExitCode Trace(const Arguments& arguments, const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  const Query query = {.method = "TraceService/TraceLot",
                       .rows = "steps",
                       .columns = StepColumns()};
  const Reply reply = AskQuery(query, arguments, *connection);
  if (const auto failed = Failed(reply, terminal)) return *failed;
  PrintRows(query.columns, RowsOf(reply.whole, "steps"), reply.whole, arguments,
            terminal);
  const std::vector<ordered_json> shares = RowsOf(reply.whole, "shares");
  if (arguments.Get("output") == "table" && !shares.empty()) {
    terminal.out << '\n';
    PrintRows(ShareColumns(arguments.Get("direction")), shares, reply.whole,
              arguments, terminal);
  }
  if (reply.whole.contains("truncated")) {
    terminal.err << "tally: the trace goes on; raise --max-depth\n";
  }
  SayMore(reply, arguments, terminal);
  return ExitCode::kDone;
}

}  // namespace

Command LotCommand() {
  Command command;
  command.name = "lot";
  command.summary = "Shows lots, where they came from and where they went.";
  command.examples =
      "tally lot show L9\n"
      "tally lot trace L9 --direction DOWNSTREAM";
  command.subcommands.push_back(QueryCommand("show", "Shows one lot.",
                                             "tally lot show L9",
                                             {IdOption("lot", "its id")},
                                             {.method = "TraceService/GetLot",
                                              .rows = "lot",
                                              .columns = LotColumns()}));
  Command trace;
  trace.name = "trace";
  trace.summary = "Follows a lot to its sources, or to what was made of it.";
  trace.examples =
      "tally lot trace L9\n"
      "tally lot trace L9 --direction DOWNSTREAM -o json";
  trace.options = {
      IdOption("lot", "its id"),
      ChoiceOption("direction", "which way", {"UPSTREAM", "DOWNSTREAM"}),
      ValueOption("max-depth", "STEPS", "the most steps to follow"),
      LimitOption()};
  trace.options[1].fallback = "UPSTREAM";
  trace.run = Trace;
  command.subcommands.push_back(std::move(trace));
  return command;
}

}  // namespace tally::cli
