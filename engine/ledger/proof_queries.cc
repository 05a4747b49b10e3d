#include "engine/ledger/proof_queries.h"

#include <algorithm>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/checkpoints.h"
#include "engine/ledger/reader.h"
#include "engine/log/journal.h"
#include "engine/log/note.h"
#include "fmt/format.h"

namespace tally {
namespace {

const TileTree& TreeOf(const Ledger& ledger) {
  return ledger.reader().journal().tree();
}

// The key that signed the checkpoint.
std::string KeyOf(const SignedCheckpoint& checkpoint,
                  const std::vector<LogKey>& keys) {
  const absl::StatusOr<Note> note = ParseNote(checkpoint.note);
  if (!note.ok()) return "";
  const auto found = std::find_if(
      keys.begin(), keys.end(),
      [&](const LogKey& key) { return VerifyNote(*note, key.key).ok(); });
  return found == keys.end() ? "" : found->key.ToString();
}

int64_t SizeOr(const Ledger& ledger, std::optional<int64_t> size) {
  return size.has_value() ? *size : TreeOf(ledger).size();
}

}  // namespace

absl::StatusOr<CheckpointAnswer> GetCheckpoint(const Ledger& ledger,
                                               std::optional<int64_t> size) {
  Checkpoints& checkpoints = ledger.checkpoints();
  CheckpointAnswer answer;
  if (size.has_value()) {
    ASSIGN_OR_RETURN(answer.checkpoint, checkpoints.OfSize(*size));
  } else {
    ASSIGN_OR_RETURN(answer.checkpoint, checkpoints.Make());
  }
  ASSIGN_OR_RETURN(answer.keys, checkpoints.Keys());
  return answer;
}

absl::StatusOr<Receipt> GetReceipt(const Ledger& ledger, Position position) {
  const Journal& journal = ledger.reader().journal();
  if (position < 0 || position >= journal.head().size) {
    return absl::NotFoundError(
        fmt::format("no event at position {}", position));
  }
  Receipt receipt{.position = position};
  ASSIGN_OR_RETURN(receipt.checkpoint, ledger.checkpoints().Covering(position));
  ASSIGN_OR_RETURN(receipt.record, journal.ReadRecord(position));
  ASSIGN_OR_RETURN(receipt.path,
                   InclusionProof(journal.tree(), position,
                                  receipt.checkpoint.tree.head.size));
  ASSIGN_OR_RETURN(const std::vector<LogKey> keys, ledger.checkpoints().Keys());
  receipt.verifier_key = KeyOf(receipt.checkpoint, keys);
  return receipt;
}

absl::StatusOr<Receipt> GetReceiptOf(const Ledger& ledger, const Uuid& id) {
  const Uuid ids[] = {id};
  ASSIGN_OR_RETURN(const auto rows, ledger.reader().tables().FindEvents(ids));
  if (!rows.front().has_value()) {
    return absl::NotFoundError(fmt::format("no event \"{}\"", id.ToString()));
  }
  return GetReceipt(ledger, rows.front()->position);
}

absl::StatusOr<InclusionAnswer> GetInclusionProof(const Ledger& ledger,
                                                  Position position,
                                                  std::optional<int64_t> size) {
  const TileTree& tree = TreeOf(ledger);
  InclusionAnswer answer{.head = {.size = SizeOr(ledger, size)}};
  ASSIGN_OR_RETURN(answer.path,
                   InclusionProof(tree, position, answer.head.size));
  ASSIGN_OR_RETURN(answer.head.root, RootAt(tree, answer.head.size));
  ASSIGN_OR_RETURN(answer.leaf_hash,
                   tree.Read(TreeNode{.height = 0, .index = position}));
  return answer;
}

absl::StatusOr<ConsistencyAnswer> GetConsistencyProof(
    const Ledger& ledger, int64_t old_size, std::optional<int64_t> new_size) {
  const TileTree& tree = TreeOf(ledger);
  ConsistencyAnswer answer{.old_head = {.size = old_size},
                           .new_head = {.size = SizeOr(ledger, new_size)}};
  ASSIGN_OR_RETURN(answer.path,
                   ConsistencyProof(tree, old_size, answer.new_head.size));
  ASSIGN_OR_RETURN(answer.old_head.root, RootAt(tree, old_size));
  ASSIGN_OR_RETURN(answer.new_head.root, RootAt(tree, answer.new_head.size));
  return answer;
}

absl::StatusOr<TileAnswer> GetTile(const Ledger& ledger, TileId tile,
                                   int width) {
  const TileTree& tree = TreeOf(ledger);
  TileAnswer answer{.bytes = {}, .width = width, .tree_size = tree.size()};
  if (width == 0 && tile.level >= 0 && tile.level < kTileLevels &&
      tile.index >= 0) {
    const int64_t hashes = answer.tree_size >> (kTileHeight * tile.level);
    const int64_t left = tile.index > hashes / kTileHashes
                             ? 0
                             : hashes - tile.index * kTileHashes;
    answer.width = static_cast<int>(std::clamp<int64_t>(left, 0, kTileHashes));
  }
  ASSIGN_OR_RETURN(answer.bytes, tree.ReadTile(tile, answer.width));
  return answer;
}

std::string TilePath(TileId tile, int width) {
  std::string path = fmt::format("{:03d}", tile.index % 1000);
  for (int64_t rest = tile.index / 1000; rest > 0; rest /= 1000) {
    path = fmt::format("x{:03d}/{}", rest % 1000, path);
  }
  path = fmt::format("tile/{}/{}", tile.level, path);
  if (width < kTileHashes) path += fmt::format(".p/{}", width);
  return path;
}

}  // namespace tally
