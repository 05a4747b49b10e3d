#include "tools/tally/profile_source.h"

#include <ostream>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/strings.h"
#include "engine/profile/parse_profile.h"
#include "fmt/format.h"
#include "tallystick/v1/registry_service.pb.h"
#include "tools/tally/access.h"
#include "tools/tally/files.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;
namespace v1 = tallystick::v1;

bool IsFile(std::string_view name) {
  return name == "-" || name.ends_with(".json");
}

// The version that applies on a day: the last that began by then, or the
// first. The server answers them by the day on which they begin, at least one.
const v1::SchemeVersion& VersionOf(const v1::Scheme& scheme,
                                   const std::string& date) {
  int found = 0;
  for (int i = 1; i < scheme.versions_size(); ++i) {
    if (date.empty() || scheme.versions(i).effective_from() <= date) found = i;
  }
  return scheme.versions(found);
}

std::variant<std::string, ExitCode> FromLedger(const std::string& name,
                                               const Arguments& arguments,
                                               const Terminal& terminal) {
  const size_t at = name.find('@');
  const std::string date = at == std::string::npos ? "" : name.substr(at + 1);
  if (at != std::string::npos && !ParseDate(date).has_value()) {
    terminal.err << fmt::format(
        "tally: {}: got {}, must be a date YYYY-MM-DD\n", name, date);
    return ExitCode::kUsage;
  }
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  v1::GetSchemeRequest request;
  request.set_scheme(name.substr(0, at));
  v1::GetSchemeResponse response;
  const grpc::Status status =
      connection->Call("RegistryService/GetScheme", request, &response);
  if (!status.ok()) return Fail(status, terminal);
  if (response.scheme().versions().empty()) {
    terminal.err << "tally: the server answered no version of it\n";
    return ExitCode::kIntegrity;
  }
  return VersionOf(response.scheme(), date).profile();
}

}  // namespace

std::variant<std::string, ExitCode> ProfileText(const std::string& name,
                                                const Arguments& arguments,
                                                const Terminal& terminal) {
  if (!IsFile(name)) return FromLedger(name, arguments, terminal);
  absl::StatusOr<std::string> text = ReadWhole(name, terminal.in);
  if (text.ok()) return *std::move(text);
  terminal.err << "tally: " << MessageOf(text.status()) << '\n';
  return ExitCode::kUsage;
}

std::variant<ordered_json, ExitCode> ReadProfile(const std::string& name,
                                                 const Arguments& arguments,
                                                 const Terminal& terminal) {
  const auto text = ProfileText(name, arguments, terminal);
  if (const auto* exit = std::get_if<ExitCode>(&text)) return *exit;
  const std::string& json = std::get<std::string>(text);
  std::vector<Violation> violations;
  if (ParseProfile(json, &violations).has_value()) {
    return ordered_json::parse(json);
  }
  for (const Violation& violation : violations) {
    terminal.err << fmt::format("tally: {}: {}: got {}, must be {}\n", name,
                                violation.field, violation.value,
                                violation.limit);
  }
  return ExitCode::kUsage;
}

}  // namespace tally::cli
