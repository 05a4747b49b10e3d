#include "services/log_lines.h"

#include <chrono>
#include <memory>

#include "google/protobuf/stubs/logging.h"
#include "grpc/support/log.h"
#include "nlohmann/json.hpp"
#include "services/system_clock.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace tally::services {
namespace {

// Writes what it is given and nothing else: spdlog's own pattern does not
// escape.
spdlog::logger& Logger() {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>(
        "tallyd", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *logger;
}

std::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "";
}

void LogGrpc(gpr_log_func_args* args) {
  const LogLevel level = args->severity == GPR_LOG_SEVERITY_ERROR
                             ? LogLevel::kWarning
                             : LogLevel::kInfo;
  LogLine(level, "grpc", {{"detail", args->message}});
}

}  // namespace

void LogLine(LogLevel level, std::string_view message,
             const LogFields& fields) {
  nlohmann::ordered_json line;
  line["time"] = SystemClock().Now().ToString();
  line["level"] = LevelName(level);
  line["message"] = message;
  for (const auto& [name, value] : fields) line[name] = value;
  const std::string text = line.dump(
      -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  Logger().log(spdlog::level::info, spdlog::string_view_t(text));
}

void LogLibraries() {
  gpr_set_log_function(LogGrpc);
  google::protobuf::SetLogHandler(nullptr);
}

}  // namespace tally::services
