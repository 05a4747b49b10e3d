// Questions about the log as a Merkle tree: its signed heads, proofs over it,
// its tiles. All are answered from stored tiles in O(log n), for any position
// and any size; none reads more than one record.

#ifndef TALLY_ENGINE_LEDGER_PROOF_QUERIES_H_
#define TALLY_ENGINE_LEDGER_PROOF_QUERIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/receipt.h"
#include "engine/log/checkpoint_table.h"
#include "engine/log/merkle_proof.h"
#include "engine/log/tile_tree.h"

namespace tally {

struct CheckpointAnswer {
  SignedCheckpoint checkpoint;
  std::vector<LogKey> keys;  // all that the log ever signed with
};

// That of a size, else NOT_FOUND; without a size that of all that is durable.
absl::StatusOr<CheckpointAnswer> GetCheckpoint(const Ledger& ledger,
                                               std::optional<int64_t> size);

// NOT_FOUND where there is no such event.
absl::StatusOr<Receipt> GetReceipt(const Ledger& ledger, Position position);
absl::StatusOr<Receipt> GetReceiptOf(const Ledger& ledger, const Uuid& id);

struct InclusionAnswer {
  TreeHead head;
  Sha256Digest leaf_hash{};
  Proof path;
};

// Without the record itself. OUT_OF_RANGE for a size that the tree does not
// have yet, or a position beyond it. No size: all that is durable.
absl::StatusOr<InclusionAnswer> GetInclusionProof(const Ledger& ledger,
                                                  Position position,
                                                  std::optional<int64_t> size);

struct ConsistencyAnswer {
  TreeHead old_head;
  TreeHead new_head;
  Proof path;
};

absl::StatusOr<ConsistencyAnswer> GetConsistencyProof(
    const Ledger& ledger, int64_t old_size, std::optional<int64_t> new_size);

struct TileAnswer {
  std::string bytes;
  int width = 0;
  int64_t tree_size = 0;  // that it was read from
};

// `width` hashes of a tile; 0: as many as there are. OUT_OF_RANGE for more.
absl::StatusOr<TileAnswer> GetTile(const Ledger& ledger, TileId tile,
                                   int width);

// "tile/0/x001/067.p/8": where C2SP tlog-tiles has it.
std::string TilePath(TileId tile, int width);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_PROOF_QUERIES_H_
