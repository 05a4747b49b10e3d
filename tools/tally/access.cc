#include "tools/tally/access.h"

#include <charconv>
#include <ostream>
#include <string>

#include "engine/base/strings.h"
#include "fmt/format.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/server.h"
#include "tools/tally/files.h"
#include "tools/tally/secure_channel.h"

namespace tally::cli {
namespace {

constexpr int kTimeoutSecondsMax = 86'400;

// "field: what it must be", a line for each.
std::string DetailsOf(const grpc::Status& status) {
  std::string lines;
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return lines;
  for (const auto& detail : details.details()) {
    google::rpc::BadRequest bad_request;
    if (!detail.UnpackTo(&bad_request)) continue;
    for (const auto& violation : bad_request.field_violations()) {
      lines +=
          fmt::format("  {}: {}\n", violation.field(), violation.description());
    }
  }
  return lines;
}

}  // namespace

std::optional<CallOptions> CallOptionsOf(const Arguments& arguments,
                                         const Terminal& terminal) {
  const std::string text = arguments.Get("timeout");
  int seconds = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 1 ||
      seconds > kTimeoutSecondsMax) {
    terminal.err << fmt::format(
        "tally: --timeout: got {}, must be whole seconds from 1 to {}\n", text,
        kTimeoutSecondsMax);
    return std::nullopt;
  }
  CallOptions options;
  options.timeout = std::chrono::seconds(seconds);
  if (arguments.Has("token-file")) {
    const auto token = ReadWhole(arguments.Get("token-file"), terminal.in);
    if (!token.ok()) {
      terminal.err << "tally: " << MessageOf(token.status()) << '\n';
      return std::nullopt;
    }
    const std::string line = token->substr(0, token->find_first_of("\r\n"));
    options.metadata["authorization"] = "Bearer " + line;
  }
  return options;
}

std::optional<Connection> OpenServer(const Arguments& arguments,
                                     const Terminal& terminal) {
  if (!arguments.Has("server")) {
    terminal.err << "tally: which server? Give --server HOST:PORT or set "
                    "TALLY_SERVER\n";
    return std::nullopt;
  }
  const auto options = CallOptionsOf(arguments, terminal);
  if (!options.has_value()) return std::nullopt;
  if (arguments.Has("token-file") && !arguments.Has("ca") &&
      !services::IsLoopback(arguments.Get("server"))) {
    terminal.err << "tally: --token-file: a token leaves this machine only "
                    "with --ca\n";
    return std::nullopt;
  }
  const auto channel = OpenSecureChannel(arguments.Get("server"),
                                         {.authority = arguments.Get("ca"),
                                          .certificate = arguments.Get("cert"),
                                          .key = arguments.Get("key")});
  if (!channel.ok()) {
    terminal.err << "tally: " << MessageOf(channel.status()) << '\n';
    return std::nullopt;
  }
  return Connection(*channel, *options);
}

ExitCode Fail(const grpc::Status& status, const Terminal& terminal) {
  terminal.err << "tally: " << status.error_message() << '\n'
               << DetailsOf(status);
  return ExitCodeOf(status.error_code());
}

}  // namespace tally::cli
