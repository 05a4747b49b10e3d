// `tally redeem`: posts one redemption.

#include <charconv>
#include <optional>
#include <ostream>
#include <string>

#include "engine/base/date.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "services/authoring/derived_id.h"
#include "services/authoring/read.h"
#include "services/authoring/write.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/options.h"
#include "tools/tally/posting.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
namespace v1 = tallystick::v1;

std::optional<int64_t> NumberOf(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

// "B1:1-60"
std::optional<json> SerialsOf(const std::string& text) {
  const size_t colon = text.rfind(':');
  const size_t dash = text.find('-', colon == std::string::npos ? 0 : colon);
  if (colon == std::string::npos || dash == std::string::npos) {
    return std::nullopt;
  }
  const auto from =
      NumberOf(std::string_view(text).substr(colon + 1, dash - colon - 1));
  const auto to = NumberOf(std::string_view(text).substr(dash + 1));
  if (!from.has_value() || !to.has_value()) return std::nullopt;
  return json{{"block", text.substr(0, colon)}, {"from", *from}, {"to", *to}};
}

// nullopt, with a message, where a range can't be read.
std::optional<json> EventOf(const Arguments& arguments,
                            const Terminal& terminal) {
  json redeem;
  for (const auto& [option, field] :
       {std::pair("holder", "holder"), std::pair("scheme", "scheme"),
        std::pair("product", "product"), std::pair("quantity", "quantity"),
        std::pair("beneficiary", "beneficiary"),
        std::pair("claim-period", "claim_period"),
        std::pair("purpose", "purpose"),
        std::pair("audit-reference", "audit_reference")}) {
    if (arguments.Has(option)) redeem[field] = arguments.Get(option);
  }
  for (const std::string& text : arguments.All("serials")) {
    const auto serials = SerialsOf(text);
    if (!serials.has_value()) {
      terminal.err << fmt::format(
          "tally: --serials: got {}, must be BLOCK:FROM-TO\n", text);
      return std::nullopt;
    }
    redeem["serials"].push_back(*serials);
  }
  json event = {{"redeem_credits", std::move(redeem)},
                {"occurred_at", arguments.Get("occurred-at")}};
  for (const char* field : {"id", "actor", "document"}) {
    if (arguments.Has(field)) event[field] = arguments.Get(field);
  }
  return event;
}

std::vector<Column> Columns() {
  return {{"redemption", {"accepted.redemption"}},
          {"serials", {"accepted.serials"}},
          {"position", {"accepted.position"}, Align::kRight, "0"},
          {"warnings", {"accepted.warnings"}},
          {"id", {"id"}}};
}

ExitCode Show(const v1::Outcome& outcome, const Arguments& arguments,
              const Terminal& terminal) {
  const ordered_json written = authoring::Write(outcome);
  if (!outcome.has_accepted()) {
    if (arguments.Get("output") == "json") {
      terminal.out << written.dump(2) << '\n';
    }
    terminal.err << "tally: " << DecisionOf(outcome).ToString() << '\n';
    return ExitCode::kRefused;
  }
  PrintRows(Columns(), {written}, written, arguments, terminal);
  if (outcome.replayed()) {
    terminal.err << "tally: this had been redeemed before; nothing was added\n";
  }
  return ExitCode::kDone;
}

ExitCode Redeem(const Arguments& arguments, const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  const std::optional<json> event = EventOf(arguments, terminal);
  if (!event.has_value()) return ExitCode::kUsage;
  v1::PostEventsRequest request;
  v1::Event* const added = request.add_events();
  const auto problems = authoring::Read(*event, added);
  for (const authoring::Problem& problem : problems) {
    terminal.err << "tally: " << problem.ToString() << '\n';
  }
  if (!problems.empty()) return ExitCode::kUsage;
  // The same words twice are the same redemption.
  authoring::EnsureId("redeem " + event->dump(), added);
  request.set_validate_only(arguments.Has("dry-run"));
  v1::PostEventsResponse response;
  const grpc::Status status =
      connection->Call("LedgerService/PostEvents", request, &response);
  if (!status.ok()) return Fail(status, terminal);
  return Show(response.outcomes(0), arguments, terminal);
}

}  // namespace

Command RedeemCommand() {
  Command command;
  command.name = "redeem";
  command.summary = "Retires credits for a beneficiary. This is final.";
  command.examples =
      "tally redeem --holder brand --scheme rspo-2020 --product cpo \\\n"
      "  --quantity 120 --beneficiary \"Acme Foods\" --claim-period 2025 \\\n"
      "  --purpose VOLUNTARY --occurred-at 2025-06-30\n"
      "Given twice, the same words redeem once; --id tells two apart.";
  command.options = {
      ValueOption("holder", "PARTY", "who holds the credits"),
      ValueOption("scheme", "SCHEME", "of this scheme"),
      ValueOption("product", "PRODUCT", "of this product"),
      ValueOption("quantity", "QUANTITY", "how much; oldest vintage first"),
      ValueOption("serials", "BLOCK:FROM-TO",
                  "these instead; may be given again"),
      ValueOption("beneficiary", "NAME", "for whom"),
      ValueOption("claim-period", "PERIOD", "such as 2025 or 2025-03"),
      ChoiceOption("purpose", "for what",
                   {"VOLUNTARY", "COMPLIANCE", "MEMBER_USE"}),
      ValueOption("audit-reference", "TEXT", "where the scheme asks for it"),
      ValueOption("occurred-at", "TIME", "when; a date or an RFC 3339 time"),
      ValueOption("document", "TEXT", "the paper behind it"),
      ValueOption("actor", "PARTY", "in whose name"),
      ValueOption("id", "UUID", "its id; default: made of these words"),
      {.name = "dry-run", .value = "", .help = "decide, but write nothing"}};
  for (const size_t i : {0, 1, 2, 5, 6, 7, 9}) {
    command.options[i].is_required = true;
  }
  command.options[4].is_repeated = true;
  command.run = Redeem;
  return command;
}

}  // namespace tally::cli
