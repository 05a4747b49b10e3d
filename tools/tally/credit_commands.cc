// `tally credits` and `tally redemption`.

#include "tools/tally/command.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

std::vector<Column> HoldingColumns() {
  return {
      {"party", {"party"}},     {"scheme", {"scheme"}},
      {"product", {"product"}}, {"vintage", {"vintage"}},
      {"state", {"state"}},     {"quantity", {"quantity"}, Align::kRight, "0"},
      {"unit", {"unit"}},       {"last day", {"last_day"}}};
}

std::vector<Column> BlockColumns() {
  return {{"block", {"block"}},
          {"scheme", {"scheme"}},
          {"product", {"product"}},
          {"vintage", {"vintage"}},
          {"issued to", {"issued_to"}},
          {"issued on", {"issued_on"}},
          {"serials", {"serials"}},
          {"quantity", {"quantity"}, Align::kRight, "0"},
          {"unit", {"unit"}},
          {"last day", {"last_day"}},
          {"state", {"state"}},
          {"held", {"held"}}};
}

std::vector<Column> RedemptionColumns() {
  return {{"redemption", {"redemption"}},
          {"holder", {"holder"}},
          {"scheme", {"scheme"}},
          {"product", {"product"}},
          {"quantity", {"quantity"}, Align::kRight, "0"},
          {"unit", {"unit"}},
          {"serials", {"serials"}},
          {"beneficiary", {"beneficiary"}},
          {"claim period", {"claim_period"}},
          {"purpose", {"purpose"}},
          {"redeemed on", {"redeemed_on"}},
          {"withdrawn", {"withdrawn"}}};
}

Command Holdings() {
  return QueryCommand(
      "holdings", "Shows the credits that a party holds, by vintage.",
      "tally credits holdings --party brand --scheme rspo-2020",
      {ValueOption("party", "PARTY", "of this party"),
       ValueOption("scheme", "SCHEME", "of this scheme"),
       ValueOption("product", "PRODUCT", "of this product"),
       ChoiceOption("state", "in this state",
                    {"ISSUED", "RETIRED", "EXPIRED", "WITHDRAWN"}),
       ValueOption("vintage", "VINTAGE", "of this vintage"),
       DateOption("as-at", "on this day; default: the latest posted")},
      {.method = "CreditService/ListHoldings",
       .rows = "holdings",
       .columns = HoldingColumns()});
}

Command Blocks() {
  return QueryCommand(
      "blocks", "Lists credit blocks.",
      "tally credits blocks --issued-to mill --vintage 2025",
      {ValueOption("issued-to", "PARTY", "issued to this party"),
       ValueOption("scheme", "SCHEME", "of this scheme"),
       ValueOption("product", "PRODUCT", "of this product"),
       ValueOption("vintage", "VINTAGE", "of this vintage"),
       ValueOption("site", "SITE", "of this site")},
      {.method = "CreditService/ListBlocks",
       .rows = "blocks",
       .columns = BlockColumns()});
}

Command Serials() {
  return QueryCommand(
      "serials", "Lists serial ranges by who holds them.",
      "tally credits serials --block B1",
      {ValueOption("block", "BLOCK", "of this block"),
       ValueOption("party", "PARTY", "held by this party"),
       ChoiceOption("state", "in this state",
                    {"ISSUED", "RETIRED", "EXPIRED", "WITHDRAWN"}),
       DateOption("as-at", "on this day; default: the latest posted")},
      {.method = "CreditService/ListCredits",
       .rows = "credits",
       .columns = {{"serials", {"serials"}},
                   {"holder", {"holder"}},
                   {"state", {"state"}},
                   {"redemption", {"redemption"}}}});
}

}  // namespace

Command CreditsCommand() {
  Command command;
  command.name = "credits";
  command.summary = "Shows credits: who holds how many, and their blocks.";
  command.examples =
      "tally credits holdings --party brand\n"
      "tally credits block B1";
  command.subcommands.push_back(Holdings());
  command.subcommands.push_back(
      QueryCommand("block", "Shows one credit block.", "tally credits block B1",
                   {IdOption("block", "its id")},
                   {.method = "CreditService/GetBlock",
                    .rows = "block",
                    .columns = BlockColumns()}));
  command.subcommands.push_back(Blocks());
  command.subcommands.push_back(Serials());
  return command;
}

Command RedemptionCommand() {
  Command command;
  command.name = "redemption";
  command.summary = "Shows redemptions, which are public by their id.";
  command.examples =
      "tally redemption get R-0001\n"
      "tally redemption list --beneficiary \"Acme Foods\"";
  command.subcommands.push_back(QueryCommand(
      "get", "Shows one redemption.", "tally redemption get R-0001",
      {IdOption("redemption", "its id")},
      {.method = "CreditService/GetRedemption",
       .rows = "redemption",
       .columns = RedemptionColumns()}));
  command.subcommands.push_back(QueryCommand(
      "list", "Lists redemptions.", "tally redemption list --holder brand",
      {ValueOption("holder", "PARTY", "by this holder"),
       ValueOption("scheme", "SCHEME", "of this scheme"),
       ValueOption("product", "PRODUCT", "of this product"),
       ValueOption("beneficiary", "NAME", "for this beneficiary"),
       ValueOption("claim-period", "PERIOD", "for this claim period"),
       ChoiceOption("purpose", "for this purpose",
                    {"VOLUNTARY", "COMPLIANCE", "MEMBER_USE"})},
      {.method = "CreditService/ListRedemptions",
       .rows = "redemptions",
       .columns = RedemptionColumns()}));
  return command;
}

}  // namespace tally::cli
