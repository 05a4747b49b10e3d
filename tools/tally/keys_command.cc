#include "tools/tally/keys_command.h"

#include <charconv>
#include <ostream>
#include <string>

#include "engine/base/strings.h"
#include "fmt/format.h"
#include "services/identity/development_keys.h"
#include "tools/tally/options.h"

namespace tally::cli {
namespace {

constexpr int kDaysMax = 825;

ExitCode Create(const Arguments& arguments, const Terminal& terminal) {
  identity::DevelopmentKeys keys;
  keys.directory = arguments.Get("directory");
  keys.clients = arguments.All("client");
  keys.hosts = arguments.All("host");
  const std::string days = arguments.Get("days");
  const auto read =
      std::from_chars(days.data(), days.data() + days.size(), keys.days);
  if (read.ec != std::errc() || read.ptr != days.data() + days.size() ||
      keys.days < 1 || keys.days > kDaysMax) {
    terminal.err << fmt::format("tally: --days: got {}, must be 1 to {}\n",
                                days, kDaysMax);
    return ExitCode::kUsage;
  }
  const absl::Status written = identity::WriteDevelopmentKeys(keys);
  if (!written.ok()) {
    terminal.err << "tally: " << MessageOf(written) << '\n';
    return ExitCode::kUsage;
  }
  for (const std::string& client : keys.clients) {
    terminal.out << fmt::format("{}\t{}\n", client,
                                identity::SpiffeId(keys, client));
  }
  terminal.err << fmt::format(
      "For development, not for production. Start the server with\n"
      "  tallyd --tls-certificate {0}/server.crt --tls-key {0}/server.key "
      "--tls-client-authority {0}/ca.crt\n",
      keys.directory);
  return ExitCode::kDone;
}

}  // namespace

Command KeysCommand() {
  Command command;
  command.name = "keys";
  command.summary =
      "Makes an authority, a server's certificate and clients' certificates, "
      "for development.";
  command.examples =
      "tally keys keys --client admin --client mill\n"
      "tally --server localhost:50051 --ca keys/ca.crt --cert keys/mill.crt "
      "--key keys/mill.key shipment list --party mill-co";
  command.options = {
      {.name = "directory",
       .value = "DIR",
       .help = "where to; more clients may be added later",
       .is_positional = true,
       .is_required = true},
      {.name = "client",
       .value = "NAME",
       .help = "a client, spiffe://tallystick.test/NAME; may be given again",
       .is_repeated = true},
      {.name = "host",
       .value = "HOST",
       .help = "the server's name beside localhost; may be given again",
       .is_repeated = true},
      {.name = "days",
       .value = "DAYS",
       .help = "how long the certificates are good",
       .fallback = "30"}};
  command.run = Create;
  return command;
}

}  // namespace tally::cli
