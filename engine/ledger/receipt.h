// A receipt: the proof that an event is in the ledger's log, which anybody can
// check without the ledger. It holds the record itself, the path from its leaf
// to the root, and the first checkpoint that covers it, so it stays the same
// however long the log grows.
//
// As a file it is a C2SP tlog-proof. Its extra data are the record and the
// verifier key (a tallystick.v1.ReceiptExtra); a key that comes with a receipt
// is there to be compared with the one that the ledger's operator publishes.
//
//   ASSIGN_OR_RETURN(const Receipt receipt, ParseReceipt(text));
//   ASSIGN_OR_RETURN(const CheckedReceipt checked, CheckReceipt(receipt, key));

#ifndef TALLY_ENGINE_LEDGER_RECEIPT_H_
#define TALLY_ENGINE_LEDGER_RECEIPT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/arena.h"
#include "engine/ledger/event_queries.h"
#include "engine/log/checkpoint_table.h"
#include "engine/log/merkle_proof.h"
#include "engine/model/event.h"
#include "engine/model/indices.h"

namespace tally {

struct Receipt {
  Position position = -1;
  std::string record;  // as it is stored and hashed
  Proof path;
  SignedCheckpoint checkpoint;
  // What the checkpoint was signed with. "" where the receipt does not say.
  std::string verifier_key;
};

// The largest text of a receipt.
inline constexpr size_t kReceiptBytesMax = size_t{32} << 20;

std::string FormatReceipt(const Receipt& receipt);
// INVALID_ARGUMENT for what is no receipt.
absl::StatusOr<Receipt> ParseReceipt(std::string_view text);

// The event of a record as it is stored. DATA_LOSS for what is no record.
absl::StatusOr<Event> EventOfRecord(std::string_view record, Arena* arena);

// What a receipt proves.
struct CheckedReceipt {
  std::string verifier_key;  // that it holds under
  TreeNote tree;
  // Names of who else signed the checkpoint; unchecked.
  std::vector<std::string> cosigners;
  std::unique_ptr<Arena> arena;  // of the event
  RecordedEvent event;
};

// DATA_LOSS says what does not hold. `trusted_key` is the log's verifier key
// as its operator publishes it; "": the one that the receipt brings.
absl::StatusOr<CheckedReceipt> CheckReceipt(const Receipt& receipt,
                                            std::string_view trusted_key);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_RECEIPT_H_
