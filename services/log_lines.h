// The program's log: JSON lines on stderr, one for each change of state and
// never one for an event.
//
//   {"time":"2025-03-01T12:00:00.000Z","level":"info","message":"listening",
//    "address":"127.0.0.1:50051"}

#ifndef TALLY_SERVICES_LOG_LINES_H_
#define TALLY_SERVICES_LOG_LINES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally::services {

enum class LogLevel : uint8_t { kInfo, kWarning, kError };

using LogFields = std::vector<std::pair<std::string, std::string>>;

// From any thread.
void LogLine(LogLevel level, std::string_view message,
             const LogFields& fields = {});

// Makes lines of what gRPC says. What protobuf says of malformed requests is
// dropped: the client is told, and could fill the log with it.
void LogLibraries();

}  // namespace tally::services

#endif  // TALLY_SERVICES_LOG_LINES_H_
