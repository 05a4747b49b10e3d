// `tally shipment`.

#include "tools/tally/command.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

std::vector<Column> Columns() {
  return {{"shipment", {"shipment"}},     {"state", {"state"}},
          {"from", {"from_site"}},        {"to", {"to_site", "to_external"}},
          {"shipped on", {"shipped_on"}}, {"confirm by", {"confirm_by"}},
          {"lines", {"lines"}},           {"held", {"held"}}};
}

}  // namespace

Command ShipmentCommand() {
  Command command;
  command.name = "shipment";
  command.summary = "Shows what was shipped and where it stands.";
  command.examples =
      "tally shipment get S-1042\n"
      "tally shipment list --site mill --direction SENT --state IN_TRANSIT";
  command.subcommands.push_back(
      QueryCommand("get", "Shows one shipment.", "tally shipment get S-1042",
                   {IdOption("shipment", "its id")},
                   {.method = "BalanceService/GetShipment",
                    .rows = "shipment",
                    .columns = Columns()}));
  command.subcommands.push_back(QueryCommand(
      "list", "Lists the shipments of a party or a site.",
      "tally shipment list --site refinery --direction RECEIVED",
      {ValueOption("party", "PARTY", "sent or received by this party"),
       ValueOption("site", "SITE", "sent or received by this site"),
       ChoiceOption("direction", "which side; default: both",
                    {"SENT", "RECEIVED"}),
       ChoiceOption("state", "only those in this state",
                    {"IN_TRANSIT", "ACCEPTED", "PARTLY_ACCEPTED", "REJECTED",
                     "RECALLED", "LAPSED"}),
       DateOption("shipped-from", "left on or after this day"),
       DateOption("shipped-to", "left on or before this day")},
      {.method = "BalanceService/ListShipments",
       .rows = "shipments",
       .columns = Columns()}));
  return command;
}

}  // namespace tally::cli
