// `tally balance` and `tally statement`.

#include <optional>
#include <ostream>
#include <utility>

#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;

constexpr const char* kConventional = "CONVENTIONAL";

std::vector<Column> BalanceColumns() {
  return {{"site", {"account.site", "account.scope"}},
          {"product", {"account.product", "account.group"}},
          {"claim", {"account.claims"}, Align::kLeft, "conventional"},
          {"lot", {"account.lot", "account.block"}},
          {"quantity", {"quantity"}, Align::kRight, "0"},
          {"unit", {"unit"}},
          {"as at", {"as_at"}}};
}

std::vector<Column> EntryColumns() {
  return {{"date", {"business_date"}},
          {"position", {"position"}, Align::kRight, "0"},
          {"kind", {"kind"}},
          {"document", {"document"}},
          {"shipment", {"shipment"}},
          {"lot", {"lot"}},
          {"change", {"delta"}, Align::kRight},
          {"balance", {"balance"}, Align::kRight, "0"}};
}

// Of one account only, which then shows its zero, or a list of those that are
// not zero.
ExitCode Balance(const Arguments& arguments, const Terminal& terminal) {
  const bool is_one = arguments.Has("site") && arguments.Has("product") &&
                      arguments.Has("model") && !arguments.Has("party") &&
                      !arguments.Has("by-lot");
  if (!is_one) {
    return RunQuery({.method = "BalanceService/ListBalances",
                     .rows = "balances",
                     .columns = BalanceColumns()},
                    arguments, terminal);
  }
  Query query = {.method = "BalanceService/GetBalance",
                 .rows = "balance",
                 .columns = BalanceColumns()};
  if (arguments.Get("model") != kConventional) {
    return RunQuery(query, arguments, terminal);
  }
  // Stock without a claim is asked for by naming neither scheme nor model.
  Arguments conventional;
  for (const char* name : {"site", "product", "lot", "as-at", "as-known-at",
                           "server", "output", "timeout", "limit"}) {
    if (arguments.Has(name)) conventional.Add(name, arguments.Get(name));
  }
  return RunQuery(query, conventional, terminal);
}

// The opening and closing balances as lines of the statement.
ordered_json Line(const ordered_json& reply, const char* key) {
  ordered_json line = {{"kind", key}};
  const ordered_json* balance = At(reply, key);
  if (balance == nullptr) return line;
  if (balance->contains("quantity")) line["balance"] = (*balance)["quantity"];
  if (balance->contains("as_at")) line["business_date"] = (*balance)["as_at"];
  return line;
}

ExitCode Statement(const Arguments& arguments, const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  const Query query = {.method = "BalanceService/ListEntries",
                       .rows = "entries",
                       .columns = EntryColumns()};
  const Reply reply = AskQuery(query, arguments, *connection);
  if (const auto failed = Failed(reply, terminal)) return *failed;
  std::vector<ordered_json> rows = {Line(reply.whole, "opening")};
  if (const ordered_json* entries = At(reply.whole, query.rows)) {
    rows.insert(rows.end(), entries->begin(), entries->end());
  }
  if (!reply.has_more) rows.push_back(Line(reply.whole, "closing"));
  std::vector<Column> columns = query.columns;
  columns[1].absent = "";  // opening and closing are at no position
  PrintRows(columns, rows, reply.whole, arguments, terminal);
  SayMore(reply, arguments, terminal);
  return ExitCode::kDone;
}

}  // namespace

Command BalanceCommand() {
  Command command;
  command.name = "balance";
  command.summary = "Shows what accounts hold.";
  command.examples =
      "tally balance --site mill\n"
      "tally balance --site mill --product cpo --scheme rspo-2020 "
      "--model MASS_BALANCE\n"
      "tally balance --party acme --as-at 2025-03-31 -o csv";
  command.options = AccountOptions();
  command.options.push_back(
      ValueOption("party", "PARTY", "of the sites of this party"));
  command.options.push_back(DateOption(
      "as-at", "at the end of this day; default: the latest posted"));
  command.options.push_back(
      ValueOption("as-known-at", "POSITION",
                  "as the ledger stood at this position; default: now"));
  command.options.push_back(
      {.name = "by-lot", .value = "", .help = "a line for each lot"});
  command.options.push_back(LimitOption());
  command.run = Balance;
  return command;
}

Command StatementCommand() {
  Command command;
  command.name = "statement";
  command.summary =
      "Lists what an account opened with, every posting, and the closing.";
  command.examples =
      "tally statement --site mill --product cpo --scheme rspo-2020 "
      "--model MASS_BALANCE --from 2025-01-01 --to 2025-03-31";
  command.options = AccountOptions();
  command.options[0].is_required = true;
  command.options[1].is_required = true;
  command.options.push_back(DateOption("from", "first day"));
  command.options.push_back(DateOption("to", "last day"));
  command.options.push_back(
      ValueOption("as-known-at", "POSITION",
                  "as the ledger stood at this position; default: now"));
  command.options.push_back(LimitOption());
  command.run = Statement;
  return command;
}

}  // namespace tally::cli
