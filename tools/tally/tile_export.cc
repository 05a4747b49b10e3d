// `tally proof tiles`: the tree as files that a plain web server can serve.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <ostream>
#include <string>
#include <system_error>

#include "fmt/format.h"
#include "tallystick/v1/proof_service.pb.h"
#include "tools/tally/access.h"
#include "tools/tally/command.h"
#include "tools/tally/options.h"
#include "tools/tally/progress_bar.h"
#include "tools/tally/tile_export.h"

namespace tally::cli {
namespace {

namespace v1 = tallystick::v1;
namespace fs = std::filesystem;

constexpr int kTileHashes = 256;
constexpr int kTileHeight = 8;
constexpr int kTileLevels = 8;

// Renamed into place, so that nobody is served half of it.
bool WriteWhole(const fs::path& path, const std::string& bytes) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return false;
  fs::path unfinished = path;
  unfinished += ".new";
  std::ofstream file(unfinished, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file.good()) return false;
  fs::rename(unfinished, path, error);
  return !error;
}

class TileExport {
 public:
  TileExport(const Connection& connection, const Terminal& terminal,
             fs::path folder)
      : connection_(connection),
        terminal_(terminal),
        folder_(std::move(folder)) {}

  // The tiles first: a checkpoint is there once all that it needs is.
  ExitCode Run() {
    v1::GetCheckpointResponse head;
    const grpc::Status status = connection_.Call(
        "ProofService/GetCheckpoint", v1::GetCheckpointRequest(), &head);
    if (!status.ok()) return Fail(status, terminal_);
    const int64_t size = head.checkpoint().tree_size();
    ProgressBar bar(static_cast<size_t>(size / kTileHashes + 1),
                    terminal_.err_is_terminal, &terminal_.err);
    for (int level = 0; level < kTileLevels; ++level) {
      const int64_t hashes = size >> (kTileHeight * level);
      for (int64_t first = 0; first < hashes; first += kTileHashes) {
        const int width =
            static_cast<int>(std::min<int64_t>(kTileHashes, hashes - first));
        const ExitCode done = Tile(level, first / kTileHashes, width);
        if (done != ExitCode::kDone) return done;
        if (level == 0) bar.Show(static_cast<size_t>(first / kTileHashes));
      }
    }
    std::string note = head.checkpoint().note();
    for (const std::string& line : head.checkpoint().witness_signatures()) {
      note += line;
    }
    return Write("checkpoint", note);
  }

 private:
  ExitCode Tile(int level, int64_t index, int width) {
    const std::string path = PathOf(level, index, width);
    // A full tile never changes.
    if (width == kTileHashes && fs::exists(folder_ / path)) {
      return ExitCode::kDone;
    }
    v1::GetTileRequest request;
    request.set_level(level);
    request.set_index(index);
    request.set_width(width);
    v1::GetTileResponse response;
    const grpc::Status status =
        connection_.Call("ProofService/GetTile", request, &response);
    if (!status.ok()) return Fail(status, terminal_);
    return Write(path, response.hashes());
  }

  ExitCode Write(const std::string& path, const std::string& bytes) {
    if (WriteWhole(folder_ / path, bytes)) return ExitCode::kDone;
    terminal_.err << "tally: cannot write " << (folder_ / path).string()
                  << '\n';
    return ExitCode::kUsage;
  }

  static std::string PathOf(int level, int64_t index, int width) {
    std::string path = fmt::format("{:03d}", index % 1000);
    for (int64_t rest = index / 1000; rest > 0; rest /= 1000) {
      path = fmt::format("x{:03d}/{}", rest % 1000, path);
    }
    if (width < kTileHashes) path += fmt::format(".p/{}", width);
    return fmt::format("tile/{}/{}", level, path);
  }

  const Connection& connection_;
  const Terminal& terminal_;
  const fs::path folder_;
};

ExitCode ExportTiles(const Arguments& arguments, const Terminal& terminal) {
  const std::optional<Connection> connection = OpenServer(arguments, terminal);
  if (!connection.has_value()) return ExitCode::kUsage;
  return TileExport(*connection, terminal, arguments.Get("folder")).Run();
}

}  // namespace

Command TilesCommand() {
  Command command;
  command.name = "tiles";
  command.summary =
      "Writes checkpoint and tiles into a folder for any web server, as C2SP "
      "tlog-tiles has them.";
  command.examples = "tally proof tiles /var/www/log";
  command.options = {IdOption("folder", "where to; only what is new is read")};
  command.run = ExportTiles;
  return command;
}

}  // namespace tally::cli
