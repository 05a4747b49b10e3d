#include "bench/client/process_usage.h"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "fmt/format.h"

namespace tally::bench {

ProcessUsage UsageOf(int64_t pid) {
  ProcessUsage usage;
  const std::string folder =
      pid == 0 ? "/proc/self" : fmt::format("/proc/{}", pid);
  std::string line;
  std::getline(std::ifstream(folder + "/stat"), line);
  // The name in parentheses may hold blanks; fields 14 and 15 are the times.
  const size_t name_end = line.rfind(')');
  if (name_end != std::string::npos) {
    std::istringstream fields(line.substr(name_end + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    int64_t user = 0;
    int64_t system = 0;
    fields >> user >> system;
    usage.cpu_millis = (user + system) * 1'000 / sysconf(_SC_CLK_TCK);
  }
  std::ifstream status(folder + "/status");
  while (std::getline(status, line)) {
    std::istringstream fields(line);
    std::string name;
    int64_t kibibytes = 0;
    fields >> name >> kibibytes;
    if (name == "VmRSS:") usage.resident_bytes = kibibytes << 10;
    if (name == "VmHWM:") usage.peak_resident_bytes = kibibytes << 10;
  }
  return usage;
}

}  // namespace tally::bench
