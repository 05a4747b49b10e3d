// `tally certificate`.

#include "tools/tally/command.h"
#include "tools/tally/options.h"
#include "tools/tally/query.h"

namespace tally::cli {
namespace {

std::vector<Column> Columns() {
  return {{"certificate", {"certificate"}},
          {"scheme", {"scheme"}},
          {"holder", {"holder"}},
          {"body", {"body"}},
          {"status", {"status"}},
          {"from", {"from"}},
          {"to", {"to"}},
          {"sites", {"sites"}},
          {"products", {"products"}},
          {"models", {"models"}},
          {"remaining", {"volumes"}}};
}

std::vector<Column> VolumeColumns() {
  return {{"product", {"product"}},
          {"cap", {"cap"}, Align::kRight},
          {"originated", {"originated"}, Align::kRight, "0"},
          {"delivered", {"delivered"}, Align::kRight, "0"},
          {"remaining", {"remaining"}, Align::kRight, "0"},
          {"unit", {"unit"}}};
}

std::vector<Option> ListOptions() {
  return {ValueOption("holder", "PARTY", "held by this party"),
          ValueOption("body", "PARTY", "granted by this certification body"),
          ValueOption("scheme", "SCHEME", "of this scheme"),
          ValueOption("site", "SITE", "that cover this site"),
          ChoiceOption(
              "status", "with this status on the day",
              {"VALID", "SUSPENDED", "WITHDRAWN", "TERMINATED", "EXPIRED"}),
          DateOption("as-at", "on this day; default: the latest posted")};
}

}  // namespace

Command CertificateCommand() {
  Command command;
  command.name = "certificate";
  command.summary = "Shows certificates, their status and remaining volume.";
  command.examples =
      "tally certificate get C1\n"
      "tally certificate volumes C1 --as-at 2025-06-30\n"
      "tally certificate list --holder acme --status VALID";
  const Option as_at =
      DateOption("as-at", "on this day; default: the latest posted");
  command.subcommands.push_back(
      QueryCommand("get", "Shows one certificate.", "tally certificate get C1",
                   {IdOption("certificate", "its id"), as_at},
                   {.method = "RegistryService/GetCertificate",
                    .rows = "certificate",
                    .columns = Columns()}));
  command.subcommands.push_back(QueryCommand(
      "volumes", "Shows the capped volumes of its year and what is left.",
      "tally certificate volumes C1",
      {IdOption("certificate", "its id"), as_at},
      {.method = "RegistryService/GetCertificate",
       .rows = "certificate.volumes",
       .columns = VolumeColumns()}));
  command.subcommands.push_back(
      QueryCommand("list", "Lists certificates.",
                   "tally certificate list --holder acme", ListOptions(),
                   {.method = "RegistryService/ListCertificates",
                    .rows = "certificates",
                    .columns = Columns()}));
  command.subcommands.push_back(QueryCommand(
      "members", "Lists the members of a group certificate.",
      "tally certificate members C1", {IdOption("certificate", "its id")},
      {.method = "RegistryService/ListGroupMembers",
       .rows = "members",
       .columns = {{"member", {"member"}}, {"caps", {"caps"}}}}));
  return command;
}

}  // namespace tally::cli
