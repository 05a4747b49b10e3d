#include "tools/tally/command.h"
#include "tools/tally/keys_command.h"
#include "tools/tally/verify.h"

namespace tally::cli {

Command Program() {
  Command program;
  program.name = "tally";
  program.summary =
      "Posts to a chain-of-custody ledger and asks what it holds.";
  program.examples =
      "tally post deliveries.json --dry-run\n"
      "tally balance --site mill --product cpo --scheme rspo-2020 "
      "--model MASS_BALANCE\n"
      "tally conform tests/scenarios\n"
      "\n"
      "Exit codes: 0 done, 1 refused by a rule, 2 usage, 3 not found,\n"
      "4 not allowed, 5 no answer from the server, 6 integrity";
  program.options = {
      {.name = "server",
       .value = "HOST:PORT",
       .help = "the server to talk to",
       .environment = "TALLY_SERVER"},
      {.name = "ca",
       .value = "FILE",
       .help = "who vouches for the server, PEM; turns on TLS",
       .environment = "TALLY_CA"},
      {.name = "cert",
       .value = "FILE",
       .help = "your certificate, PEM",
       .environment = "TALLY_CERT"},
      {.name = "key",
       .value = "FILE",
       .help = "its key, PEM",
       .environment = "TALLY_KEY"},
      {.name = "token-file",
       .value = "FILE",
       .help = "a bearer token, instead of a certificate",
       .environment = "TALLY_TOKEN_FILE"},
      {.name = "output",
       .value = "FORMAT",
       .help = "how data are printed",
       .choices = {"table", "json", "csv"},
       .environment = "TALLY_OUTPUT",
       .fallback = "table"},
      {.name = "timeout",
       .value = "SECONDS",
       .help = "how long to wait for an answer",
       .environment = "TALLY_TIMEOUT",
       .fallback = "30"},
  };
  program.subcommands = {
      PostCommand(),       ConformCommand(),     BalanceCommand(),
      StatementCommand(),  ShipmentCommand(),    LotCommand(),
      AffectedCommand(),   CreditsCommand(),     RedeemCommand(),
      RedemptionCommand(), CertificateCommand(), EventCommand(),
      WatchCommand(),      ProfileCommand(),     ProofCommand(),
      CheckpointCommand(), BackupCommand(),      AuditCommand(),
      VerifyCommand(),     ReindexCommand(),     DetailsCommand(),
      KeysCommand()};
  return program;
}

}  // namespace tally::cli
