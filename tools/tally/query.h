// A question that a command asks of a server: which method, and how its answer
// is shown. Commands that ask are this, as data.
//
// The options of the command are the fields of the request by their names:
// --as-known-at is `as_known_at`. Lists are asked page by page.

#ifndef TALLY_TOOLS_TALLY_QUERY_H_
#define TALLY_TOOLS_TALLY_QUERY_H_

#include <optional>
#include <string>
#include <vector>

#include "tools/tally/cells.h"
#include "tools/tally/command.h"
#include "tools/tally/connection.h"

namespace tally::cli {

struct Query {
  std::string method;  // "BalanceService/GetBalance"
  // The field of the answer that holds a row, or rows.
  std::string rows;
  std::vector<Column> columns;
  // Fields of the request that no option gives.
  nlohmann::json fixed = nlohmann::json::object();
};

// The most rows that a list answers, unless --limit says otherwise.
inline constexpr int kRowsDefault = 1'000;
inline constexpr int kRowsMax = 1'000'000;

// A whole answer, with all of its pages.
struct Reply {
  grpc::Status status;
  std::vector<std::string> problems;  // of what was asked; then nothing was
  nlohmann::ordered_json whole;
  bool has_more = false;  // beyond the limit
};

Reply AskQuery(const Query& query, const Arguments& arguments,
               const Connection& connection);

// What the shell is told where nothing was answered, after saying why; nullopt
// where something was.
std::optional<ExitCode> Failed(const Reply& reply, const Terminal& terminal);

// Says that there is more than the limit, where there is.
void SayMore(const Reply& reply, const Arguments& arguments,
             const Terminal& terminal);

// Asks and prints, as --output says.
ExitCode RunQuery(const Query& query, const Arguments& arguments,
                  const Terminal& terminal);

// Prints `rows` as a table or as CSV, or `whole` as JSON.
void PrintRows(const std::vector<Column>& columns,
               const std::vector<nlohmann::ordered_json>& rows,
               const nlohmann::ordered_json& whole, const Arguments& arguments,
               const Terminal& terminal);

// A command that asks. `options` are fields of the request.
Command QueryCommand(std::string name, std::string summary,
                     std::string examples, std::vector<Option> options,
                     Query query);

// --limit, of every command that lists.
Option LimitOption();

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_QUERY_H_
